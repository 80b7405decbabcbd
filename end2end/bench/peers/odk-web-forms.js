// ODK Web Forms as its README says to use it: the plugin, and the component with a form.
import { OdkWebForm, webFormsPlugin } from '@getodk/web-forms';
import { createApp, h } from 'vue';

const formXml = await (await fetch('form.xml')).text();
const fetchFormAttachment = () => Promise.resolve(new Response('', { status: 404 }));
createApp({ render: () => h(OdkWebForm, { formXml, fetchFormAttachment }) }).use(webFormsPlugin).mount('#form');
