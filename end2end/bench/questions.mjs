// Two forms that any of these programs can ask: twenty questions with five options each, and three hundred in fifteen groups, a
// hundred of which are asked only if an earlier one was answered with yes. The same questions as an ODK XForm, of the shape that
// pyxform writes, and as a form of ours.

const TOPICS = ['疏散通道', '灭火器', '配电箱', '燃气管线', '消防栓', '应急照明', '电梯', '厨房', '仓库', '厂房', '危险化学品', '临边防护', '作业证', '培训记录', '值班记录'];
const OPTIONS = {
  yn: [['yes', '是'], ['no', '否'], ['unknown', '不清楚'], ['refused', '拒绝检查'], ['none', '不涉及']],
  often: [['often-1', '从不'], ['often-2', '很少'], ['often-3', '有时'], ['often-4', '经常'], ['often-5', '每天']],
  agree: [['agree-1', '很差'], ['agree-2', '较差'], ['agree-3', '一般'], ['agree-4', '较好'], ['agree-5', '很好']],
  source: [['source-1', '自查'], ['source-2', '街道'], ['source-3', '区级'], ['source-4', '举报'], ['source-5', '其他']],
};
const LISTS = Object.keys(OPTIONS);

const choice = (list, text) => ({ kind: 'select', list, text });

/** Questions in groups: `{ id, title, questions: [{ id, kind, list, text, after }] }`; `after` is the one whose yes shows it. */
export const FORMS = { 20: twenty(), 300: threeHundred() };

function twenty() {
  const questions = Array.from({ length: 20 }, (_, at) => ({
    id: `q${at + 1}`,
    ...choice(LISTS[at % LISTS.length], `第${at + 1}题：请选择${TOPICS[at % TOPICS.length]}的情况，以过去十二个月为准`),
  }));
  return [{ id: 'g1', title: '现场情况', questions }];
}

function threeHundred() {
  let after;
  return TOPICS.map((topic, group) => {
    const questions = Array.from({ length: 20 }, (_, row) => {
      const n = group * 20 + row + 1;
      const id = `q${n}`;
      switch ((n - 1) % 6) {
        case 0:
          after = id;
          return { id, ...choice('yn', `第${n}题：${topic}是否有变化？`) };
        case 2:
          return { id, kind: 'count', text: `第${n}题：请填写${topic}的数量（整数）`, after };
        case 5:
          return { id, kind: 'text', text: `第${n}题：请说明${topic}的具体情况`, after };
        default:
          return { id, ...choice(LISTS[1 + (n % 3)], `第${n}题：请选择${topic}的情况，以过去十二个月为准`) };
      }
    });
    return { id: `g${group + 1}`, title: `第${group + 1}部分：${topic}`, questions };
  });
}

const flat = (form) => form.flatMap(({ questions }) => questions);

/** Each question with options, and whether its yes shows others, in the order of the form. */
export function choices(form) {
  const shows = new Set(flat(form).map(({ after }) => after));
  return flat(form).filter(({ kind }) => kind === 'select').map(({ id }) => ({ id, shows: shows.has(id) }));
}

export function xform(form) {
  const paths = new Map(form.flatMap(({ id, questions }) => questions.map((question) => [question.id, `/data/${id}/${question.id}`])));
  const lists = Object.entries(OPTIONS).map(([name, options]) =>
    `<instance id="${name}"><root>${options.map(([id, text]) => `<item><name>${id}</name><label>${text}</label></item>`).join('')}</root></instance>`);
  const type = { select: 'string', count: 'int', text: 'string' };
  const binds = flat(form).map(({ id, kind, after }) =>
    `<bind nodeset="${paths.get(id)}" type="${type[kind]}"${after ? ` relevant=" ${paths.get(after)}  = 'yes'"` : ''}/>`);
  const controls = ({ id, kind, list, text }) => kind === 'select'
    ? `<select1 ref="${paths.get(id)}"><label>${text}</label><itemset nodeset="instance('${list}')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>`
    : `<input ref="${paths.get(id)}"><label>${text}</label></input>`;
  const groups = form.map(({ id, title, questions }) => `<group ref="/data/${id}"><label>${title}</label>${questions.map(controls).join('')}</group>`);
  const empty = form.map(({ id, questions }) => `<${id}>${questions.map((question) => `<${question.id}/>`).join('')}</${id}>`);
  return `<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms" xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>${flat(form).length}题</h:title><model odk:xforms-version="1.0.0"><instance><data id="bench" version="1">${empty.join('')}<meta><instanceID/></meta></data></instance>${lists.join('')}${binds.join('')}<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/></model></h:head><h:body>${groups.join('')}</h:body></h:html>`;
}

/** The entries of a form of ours. */
export function entries(form) {
  const both = (zh) => ({ zh, en: zh });
  const kinds = {
    select: (list) => ({ select_one: OPTIONS[list].map(([id, text]) => ({ id, text: both(text) })) }),
    count: () => ({ count: { unit: both('个') } }),
    text: () => ({ text: { lines: 2 } }),
  };
  const yes = (after) => [{ answer: after }, { text: 'yes' }, { operator: 'equal' }];
  const question = ({ id, kind, list, text, after }) => ({
    question: { id, text: both(text), kind: kinds[kind](list), ...(after && { relevant: yes(after) }) },
  });
  return form.map(({ id, title, questions }) => ({ group: { id, title: both(title), entries: questions.map(question) } }));
}
