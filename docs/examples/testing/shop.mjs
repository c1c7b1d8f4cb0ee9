// The app that is tested. POST /orders makes an order, GET /orders/<number> gives its state, POST /notify takes
// notifications, and / is a page with a button.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { notificationResponse } from 'wechatpay-wasm';

const PAGE = `<!doctype html><meta charset="utf-8"><title>Shop</title>
<button>Buy</button> <output></output>
<script type="module">
  const output = document.querySelector('output');
  document.querySelector('button').onclick = async () => {
    const { number } = await (await fetch('/orders', { method: 'POST' })).json();
    output.dataset.number = number;
    for (;;) {
      output.value = (await (await fetch('/orders/' + number)).json()).state;
      if (output.value !== 'NOTPAY') break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
</script>`;

/** Starts the shop with this client. */
export async function startShop(wxpay, { mchid, port = 0 }) {
  const orders = new Map();

  async function order() {
    const number = randomUUID().replaceAll('-', '');
    const { data } = await wxpay.v3.pay.transactions.native.post({
      json: {
        appid: 'wxd678efh567hg6787',
        mchid,
        description: 'a book',
        out_trade_no: number,
        notify_url: `${url}/notify`,
        amount: { total: 100 },
      },
      maxRetries: 2, // the number makes it safe to repeat
    });
    orders.set(number, 'NOTPAY');
    return { number, codeUrl: data.code_url };
  }

  async function notified(request) {
    const { eventType, resource } = await wxpay.notification(request);
    if (eventType !== 'TRANSACTION.SUCCESS') return;
    const { out_trade_no: number, amount } = resource;
    if (amount.total !== 100) throw new Error(`another amount for ${number}`);
    orders.set(number, 'SUCCESS');
  }

  const server = createServer(async (request, response) => {
    const json = (status, body) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    const [, route, number] = request.url.split('/');
    try {
      if (route === 'notify') {
        const reply = await notified(request).then(
          () => notificationResponse(),
          notificationResponse,
        );
        response.writeHead(reply.status, reply.headers).end(reply.body);
      } else if (route === 'orders' && request.method === 'POST') json(201, await order());
      else if (route === 'orders') json(200, { state: orders.get(number) });
      else response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE);
    } catch (error) {
      json(502, { code: error.code });
    }
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return { url, close };
}
