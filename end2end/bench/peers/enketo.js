// Enketo's engine as its README says to use it: a form that was transformed before, put into the page and begun.
import { Form } from 'enketo-core';

const { form, model } = await (await fetch('form.json')).json();
document.querySelector('#form').append(document.createRange().createContextualFragment(form));
new Form(document.querySelector('form.or'), { modelStr: model, external: [] }).init();
