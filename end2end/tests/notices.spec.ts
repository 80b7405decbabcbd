// What people are told: from the desk that gives work to the inbox of a phone without signal, and who is told of what.
import { PIN, desk, passwordOf, phone, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

test('an inspector reads the inbox without signal, and what was read stays read', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const inspector = await context.newPage();
  await signInOnPhone(inspector, server.url);
  await waitUntilOfflineReady(inspector);
  await inspector.goto(`${server.url}/field/`);
  await expect(inspector.getByRole('link', { name: /消息.*条未读/ })).toBeVisible();

  await context.setOffline(true);
  await inspector.getByRole('link', { name: /消息.*条未读/ }).click();
  await inspector.waitForURL(/\/field\/notices$/);
  await expect(inspector.getByRole('heading', { name: '消息', level: 1 })).toBeVisible();
  const toDo = inspector.getByRole('region', { name: '待办' });
  const first = toDo.getByRole('link').first();
  await expect(first).toContainText('未读');
  const unread = await inspector.getByText('未读', { exact: true }).count();
  await first.click();
  await inspector.waitForURL(/\/field\/(hazards|sites|orders|outbox)/);
  // By the phone's own way back: a page that is loaded anew may cut off what the tap writes down.
  await inspector.goBack();
  await inspector.waitForURL(/\/field\/notices$/);
  await expect(inspector.getByText('未读', { exact: true })).toHaveCount(unread - 1);
  await inspector.getByRole('button', { name: '全部标为已读' }).click();
  await expect(inspector.getByText('未读', { exact: true })).toHaveCount(0);
  await expect(inspector.getByRole('button', { name: '全部标为已读' })).toHaveCount(0);

  await context.setOffline(false);
  await inspector.goto(`${server.url}/field/outbox`);
  await expect(inspector.getByRole('heading', { level: 1 })).toBeVisible();
  await inspector.goto(`${server.url}/field/notices`);
  await expect(inspector.getByRole('region', { name: '待办' }).getByRole('link').first()).toBeVisible();
  await expect(inspector.getByText('未读', { exact: true })).toHaveCount(0);
});

test('an administrator says who is told of what and by which ways', async ({ browser, server }) => {
  const office = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(office, server.url, 'admin');
  await office.goto(`${server.url}/office/notices/rules`);
  await expect(office.getByRole('heading', { name: '消息规则', level: 1 })).toBeVisible();

  await test.step('two rules of a kind wait for different days', async () => {
    const days = office.getByRole('spinbutton', { name: /已逾期/ });
    await days.nth(1).fill('1');
    await office.getByRole('button', { name: '保存规则：已逾期' }).nth(1).click();
    await expect(office.getByRole('alert').filter({ hasText: '两条相同天数' }).first()).toBeVisible();
    await days.nth(1).fill('5');
    const saved = office.waitForResponse(/\/save_notice_rule$/);
    await office.getByRole('button', { name: '保存规则：已逾期' }).nth(1).click();
    await saved;
    await expect(office.getByRole('alert')).toHaveCount(0);
    await office.reload();
    await expect(days.nth(1)).toHaveValue('5');
  });

  await test.step('a field that nobody knows and an address inside are refused by name', async () => {
    await office.getByLabel('名称').fill('短信');
    await office.getByLabel('类型').selectOption({ label: '短信网关' });
    await office.getByLabel('地址', { exact: true }).fill('https://127.0.0.1/send');
    await office.getByLabel('短信请求模板').fill('p=${phone}&t=${content}');
    await office.getByLabel('成功看哪个字段').fill('code');
    await office.getByLabel('成功时的值').fill('0');
    const save = office.getByRole('button', { name: '保存渠道' });
    await save.click();
    await expect(office.getByRole('alert').filter({ hasText: '${content}' }).first()).toBeVisible();
    await office.getByLabel('短信请求模板').fill('p=${phone}&t=${text}');
    await save.click();
    await expect(office.getByRole('alert').filter({ hasText: '内部网络' }).first()).toBeVisible();
    await expect(office.getByLabel('地址', { exact: true })).toHaveValue('https://127.0.0.1/send');
  });
});

/** A browser whose service for messages is not asked: what a person answers, and what the browser then hands over, is said here. */
const browserService = () => {
  const endpoint = 'https://fcm.googleapis.com/fcm/send/of-a-test';
  const keys = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  };
  const subscription = {
    endpoint,
    toJSON: () => ({ endpoint, expirationTime: null, keys }),
    unsubscribe: async () => (localStorage.removeItem('test-subscribed'), true),
  };
  const subscribed = () => (localStorage.getItem('test-subscribed') === null ? null : subscription);
  Object.defineProperty(Notification, 'permission', { get: () => localStorage.getItem('test-permission') ?? 'default' });
  Notification.requestPermission = async () => {
    localStorage.setItem('test-asked', 'yes');
    const answer = localStorage.getItem('test-answer') as NotificationPermission;
    localStorage.setItem('test-permission', answer);
    return answer;
  };
  PushManager.prototype.getSubscription = async () => subscribed() as unknown as PushSubscription;
  PushManager.prototype.subscribe = async () => {
    localStorage.setItem('test-subscribed', 'yes');
    return subscribed() as unknown as PushSubscription;
  };
};

test('reminders are switched on by a tap, and whatever is in the way is said', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  await context.addInitScript(browserService);
  const inspector = await context.newPage();
  await signInOnPhone(inspector, server.url);
  await waitUntilOfflineReady(inspector);
  await inspector.goto(`${server.url}/field/settings`);
  const reminders = inspector.getByRole('switch', { name: '在手机上提醒我' });
  const tap = () => inspector.getByText('在手机上提醒我', { exact: true }).click();
  const noted = (key: string) => inspector.evaluate((key) => localStorage.getItem(`test-${key}`), key);
  const note = (key: string, value: string) =>
    inspector.evaluate(([key, value]) => localStorage.setItem(`test-${key}`, value), [key, value] as const);
  await expect(reminders).not.toBeChecked();
  await expect(reminders).toHaveAttribute('aria-busy', 'false');
  expect(await noted('asked'), 'nobody is asked before a tap').toBeNull();

  await test.step('who refused it is told where to allow it', async () => {
    await note('answer', 'denied');
    await tap();
    await expect(inspector.getByText('浏览器不允许巡安发通知')).toBeVisible();
    await expect(reminders).not.toBeChecked();
  });

  await test.step('an office that sends none is told whom to ask', async () => {
    await note('permission', 'granted');
    await tap();
    await expect(inspector.getByText('街道还没有启用手机提醒')).toBeVisible();
    await expect(reminders).not.toBeChecked();
    expect(await noted('subscribed')).toBeNull();
  });

  await test.step('an administrator adds the way', async () => {
    const office = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(office, server.url, 'admin');
    await office.goto(`${server.url}/office/notices/rules`);
    await office.getByLabel('名称').fill('手机提醒');
    await office.getByLabel('类型').selectOption({ label: '手机提醒（浏览器推送）' });
    await office.getByLabel('地址', { exact: true }).fill('anquan@jinhe.example');
    await office.getByRole('button', { name: '保存渠道' }).click();
    await expect(office.getByRole('alert').filter({ hasText: 'mailto:' }).first()).toBeVisible();
    await office.getByLabel('地址', { exact: true }).fill('mailto:anquan@jinhe.example');
    await office.getByRole('button', { name: '保存渠道' }).click();
    await expect(office.getByRole('link', { name: '手机提醒', exact: true })).toBeVisible();
  });

  await test.step('on is on', async () => {
    await tap();
    await expect(reminders).toBeChecked({ timeout: 30_000 });
    await expect(reminders).toHaveAttribute('aria-busy', 'false');
    await inspector.reload();
    await expect(reminders).toBeChecked();
    await expect(reminders).toHaveAttribute('aria-busy', 'false');
  });

  await test.step('whoever signs in again is reminded by the new session, and taps nothing', async () => {
    await inspector.getByRole('button', { name: '退出登录' }).click();
    await inspector.getByLabel('账号').fill('wangge1');
    await inspector.getByLabel('密码', { exact: true }).fill(passwordOf('wangge1'));
    const told = inspector.waitForResponse(
      (response) => response.request().method() === 'PUT' && new URL(response.url()).pathname === '/api/v1/push',
      { timeout: 30_000 },
    );
    await inspector.getByRole('button', { name: '登录', exact: true }).click();
    expect((await told).ok()).toBe(true);
    await inspector.getByLabel('解锁码', { exact: true }).first().fill(PIN);
    await inspector.getByRole('button', { name: '解锁', exact: true }).click();
    await inspector.getByRole('heading', { name: '今天', level: 1 }).waitFor();
  });

  await test.step('off is off', async () => {
    await inspector.goto(`${server.url}/field/settings`);
    await expect(reminders).toBeChecked();
    await expect(reminders).toHaveAttribute('aria-busy', 'false');
    await tap();
    await expect(reminders).not.toBeChecked();
    await expect(reminders).toHaveAttribute('aria-busy', 'false');
    await expect.poll(() => noted('subscribed')).toBeNull();
    await inspector.reload();
    await expect(reminders).toHaveAttribute('aria-busy', 'false');
    await expect(reminders).not.toBeChecked();
  });
});

test('an administrator lets parties be told, and deletes a channel', async ({ browser, server }) => {
  const office = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(office, server.url, 'admin');
  await office.goto(`${server.url}/office/notices/rules`);

  await test.step('nothing goes to parties before the address is known', async () => {
    const kinds = office.getByRole('group', { name: '发哪些短信' });
    for (const box of await kinds.getByRole('checkbox').all()) await expect(box).not.toBeChecked();
    await kinds.getByRole('checkbox', { name: '交办' }).check();
    await office.getByRole('button', { name: '保存告知规则' }).click();
    await expect(office.getByText('请填写以 https:// 开头的对外网址').first()).toBeVisible();
    await office.getByLabel('对外网址').fill('https://xunan.example/');
    const saved = office.waitForResponse(/\/save_notice_rule$/);
    await office.getByRole('button', { name: '保存告知规则' }).click();
    await saved;
    await expect(office.getByText('请填写以 https:// 开头的对外网址')).toHaveCount(0);
    await office.reload();
    await expect(office.getByLabel('对外网址')).toHaveValue('https://xunan.example');
    await expect(kinds.getByRole('checkbox', { name: '交办' })).toBeChecked();
  });

  await test.step('a channel is deleted when that is meant', async () => {
    await office.getByLabel('名称').fill('值班群');
    await office.getByLabel('类型').selectOption({ label: '对接系统' });
    await office.getByLabel('地址', { exact: true }).fill('https://8.8.8.8/send');
    await office.getByLabel('密钥', { exact: true }).fill('k3y-of-the-test');
    await office.getByRole('button', { name: '保存渠道' }).click();
    await office.getByRole('link', { name: '值班群' }).click();
    await office.waitForURL(/channel=/);
    await office.getByRole('button', { name: '删除渠道' }).click();
    await expect(office.getByText('请勾选“确认删除”再删除').first()).toBeVisible();
    await office.getByRole('checkbox', { name: '确认删除' }).check();
    await office.getByRole('button', { name: '删除渠道' }).click();
    await expect(office.getByText('已删除', { exact: true })).toBeVisible();
    await expect(office.getByRole('link', { name: '值班群' })).toHaveCount(0);
  });
});
