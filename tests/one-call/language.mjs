// Prints what an error says, in the language of the environment.
import { Wechatpay } from 'wechatpay-wasm';

try {
  new Wechatpay({ mchid: 7 });
} catch ({ message }) {
  console.log(message);
}
