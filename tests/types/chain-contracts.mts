// The six calls of individual contracts, once more by the chain: their types are those of the typed
// methods, but for the names on the wire.

import type {
  ContractByOpenid,
  ContractByOutContractCode,
  PreEntrustSign,
  PreEntrustSignAppParams,
  PreEntrustSignAppWithRealNameParams,
  PreEntrustSignMiniProgramParams,
  PreEntrustSignMiniProgramWithRealNameParams,
  QueryContractByOpenidParams,
  QueryContractByOutContractCodeParams,
  Wechatpay,
} from 'wechatpay-wasm';

type Camel<Name> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest> & string>}`
  : Name;
type Camelized<Wire> = Wire extends string
  ? Wire
  : { [Name in keyof Wire as Camel<Name>]: Camelized<Wire[Name]> };

/** An error, unless each of the two may stand for the other, with the same names. */
type Same<One extends Other, Other extends AlsoOne, AlsoOne = One> = [
  keyof One,
  keyof Other,
] extends [keyof Other, keyof One]
  ? true
  : never;
/** An error, unless the method's parameters may be sent by the chain, with the same names. */
type Taken<Params extends Wire, Wire> = [keyof Params, keyof Wire] extends [
  keyof Wire,
  keyof Params,
]
  ? true
  : never;

type Contracts = Wechatpay['v3']['ecommerce']['individualContracts'];
type Sign = Contracts['preEntrustSign'];
type NamedSign = Contracts['preEntrustSignWithRealNameIdentity'];
type Body<Link extends { post(options: never): unknown }> = Camelized<
  Extract<Parameters<Link['post']>[0], { json: unknown }>['json']
>;
declare const wxpay: Wechatpay;

export const parameters: [
  Taken<PreEntrustSignAppParams, Body<Sign['app']>>,
  Taken<PreEntrustSignMiniProgramParams, Body<Sign['miniProgram']>>,
  Taken<PreEntrustSignAppWithRealNameParams, Body<NamedSign['app']>>,
  Taken<PreEntrustSignMiniProgramWithRealNameParams, Body<NamedSign['miniProgram']>>,
] = [true, true, true, true];

type Contract = Contracts['outContractCode']['_out_contract_code_'];
const { individualContracts } = wxpay.v3.ecommerce;
declare const byCode: QueryContractByOutContractCodeParams;
const found = await individualContracts.outContractCode._out_contract_code_.get({
  out_contract_code: byCode.outContractCode,
  query: { appid: byCode.appid },
});
declare const byOpenid: QueryContractByOpenidParams;
const permitted = await individualContracts._openid_.get({
  openid: byOpenid.openid,
  query: { appid: byOpenid.appid, permission_type: byOpenid.permissionType ?? 'INDIVIDUAL_PAYEE' },
});
const link: Contract = individualContracts.outContractCode._out_contract_code_;
console.log(link);

const json = { appid: 'wx', out_contract_code: 'A', openid: 'o' };
const named = { ...json, real_name: 'x', cred_type: 'ID_CARD', cred_id: '1' };
const signs = [
  await individualContracts.preEntrustSign.app.post({ json }),
  await individualContracts.preEntrustSign.miniProgram.post({ json }),
  await individualContracts.preEntrustSignWithRealNameIdentity.app.post({ json: named }),
  await individualContracts.preEntrustSignWithRealNameIdentity.miniProgram.post({ json: named }),
];

export const results: [
  Same<Camelized<(typeof signs)[0]['data']>, PreEntrustSign>,
  Same<Camelized<(typeof found)['data']>, ContractByOutContractCode>,
  Same<Camelized<(typeof permitted)['data']>, ContractByOpenid>,
] = [true, true, true];
