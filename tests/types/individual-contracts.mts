// What the types accept of the individual-contract calls, the launch parameters and the echo.

import type {
  AppLaunch,
  AppLaunchParams,
  AuthState,
  ContractByOpenid,
  ContractByOutContractCode,
  Echo,
  Identity,
  PreEntrustSign,
  PreEntrustSignAppWithRealNameParams,
  PreEntrustSignMiniProgramParams,
  PreEntrustSignMiniProgramWithRealNameParams,
  QueryContractByOpenidParams,
  QueryContractByOutContractCodeParams,
  RealNameAuthResult,
  Wechatpay,
} from 'wechatpay-wasm';

declare const wxpay: Wechatpay;

const contract: QueryContractByOutContractCodeParams = { appid: 'wx', outContractCode: 'A' };
const miniProgram: PreEntrustSignMiniProgramParams = { ...contract, openid: 'o' };
const identity: Identity = { realName: 'x', credType: 'ID_CARD', credId: '1' };
const named: PreEntrustSignAppWithRealNameParams = { ...contract, ...identity };
const both: PreEntrustSignMiniProgramWithRealNameParams = { ...miniProgram, ...identity };
const options = { timeout: 1, signal: AbortSignal.timeout(1), maxRetries: 0 };

const signs: PreEntrustSign[] = [
  await wxpay.preEntrustSignMiniProgram(miniProgram, options),
  await wxpay.preEntrustSignAppWithRealName(named, options),
  await wxpay.preEntrustSignMiniProgramWithRealName(both, options),
  await wxpay.preEntrustSignMiniProgramWithRealName({
    appid: 'wx',
    outContractCode: 'A',
    openid: 'o',
    realName: 'x',
    credType: 'ID_CARD',
    credId: '1',
  }),
];

const byCode: ContractByOutContractCode = await wxpay.queryContractByOutContractCode(
  contract,
  options,
);
const openid: string | undefined = byCode.individualOpenid;
const leave: RealNameAuthResult | undefined = byCode.realNameAuthResult;
const words: (string | undefined)[] = [
  byCode.signedTime,
  byCode.individualAuthId,
  leave?.scope,
  leave?.accessToken,
  leave?.accessTokenExpireTime,
];
if (leave?.scope === 'pay_realname') console.log(words);

const query: QueryContractByOpenidParams = {
  appid: 'wx',
  openid: openid ?? 'o',
  permissionType: 'INDIVIDUAL_PAYEE',
};
const byOpenid: ContractByOpenid = await wxpay.queryContractByOpenid(query, options);
const state: AuthState = byOpenid.authState;
const known = state === 'AUTHORIZED' || state === 'UNAUTHORIZED' || state === 'A_LATER_ONE';
const texts: string[] = [byOpenid.individualAuthId, byOpenid.operationTime, state];
console.log(known, texts);

const launched: AppLaunchParams = {
  ...contract,
  preEntrustwebId: String(signs[0]?.preEntrustwebId),
};
const launch: AppLaunch = await wxpay.appLaunchParams(launched);
const businessType: 'liteAppC2CSignPay' = launch.businessType;
const launchText: string = `${businessType}?${launch.query}`;

const echo: Echo = await wxpay.echo();
const opened: string | undefined = (await wxpay.echo(options)).encryptedEchoMessage;
console.log(launchText, echo.echoMessage, opened);
