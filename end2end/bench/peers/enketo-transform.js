// In a browser, before anything is measured: the transformer needs one, or a library that has to be compiled.
import { transform } from 'enketo-transformer/web';

window.transform = async (xform) => {
  const { form, model } = await transform({ xform });
  return { form, model };
};
