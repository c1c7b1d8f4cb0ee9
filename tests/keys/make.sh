#!/usr/bin/env bash
# Makes every key of the tests anew, with OpenSSL 3. None of them is, or ever was, anybody's.
# The known answers are signed with them: run tests/vectors/make.mjs afterwards.
set -euo pipefail
cd "$(dirname "$0")"
rm -f ./*.pem ./*.der

rsa() { openssl genrsa -out "$1" "${@:2}" 2>/dev/null; }
# A certificate of a key, self-signed: certificate KEY SERIAL OUT [SUBJECT [FROM TO]]. Without a subject, one
# that names nobody. It holds from 2018 on, since the known answers are of 2019.
certificate() {
  local folder subject=${4:-/O=test/CN=test} from=${5:-20180101000000Z} to=${6:-21180101000000Z}
  folder=$(mktemp -d)
  touch "$folder/index"
  echo "$2" > "$folder/serial"
  printf '%s\n' '[ca]' 'default_ca=test' '[test]' "database=$folder/index" "serial=$folder/serial" \
    "new_certs_dir=$folder" 'default_md=sha256' 'policy=any' '[any]' 'CN=supplied' 'O=optional' \
    'OU=optional' 'C=optional' 'L=optional' > "$folder/config"
  openssl req -new -utf8 -key "$1" -subj "$subject" -out "$folder/request"
  openssl ca -batch -notext -selfsign -config "$folder/config" -keyfile "$1" -in "$folder/request" \
    -startdate "$from" -enddate "$to" -out "$3" 2>/dev/null
  rm -r "$folder"
}

# Who signs requests, in every form that is taken.
rsa merchant.pkcs8.pem 2048
openssl rsa -in merchant.pkcs8.pem -traditional -out merchant.pkcs1.pem 2>/dev/null
openssl pkcs8 -topk8 -nocrypt -in merchant.pkcs8.pem -outform DER -out merchant.pkcs8.der
openssl rsa -in merchant.pkcs8.pem -traditional -outform DER -out merchant.pkcs1.der 2>/dev/null
openssl rsa -in merchant.pkcs8.pem -pubout -out merchant.spki.pem 2>/dev/null
# Its certificate, with the subject that WeChat Pay gives it: the merchant number is the common name.
serial=408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB
subject() { printf '/CN=%s/O=微信商户系统/OU=测试/C=CN/L=ShenZhen' "$1"; }
certificate merchant.pkcs8.pem $serial merchant.cert.pem "$(subject 1900007291)"
certificate merchant.pkcs8.pem $serial merchant.unnamed.cert.pem
# What is refused in its place: another merchant's, one that has expired, and one of the platform's.
certificate merchant.pkcs8.pem $serial merchant.other.cert.pem "$(subject 1900000109)"
certificate merchant.pkcs8.pem $serial merchant.expired.cert.pem "$(subject 1900007291)" \
  20180101000000Z 20230101000000Z
certificate merchant.pkcs8.pem $serial merchant.platform.cert.pem \
  '/CN=Tenpay.com sign/O=Tenpay.com/OU=Tenpay.com CA Center/C=CN'

# Who signs answers: a WeChat Pay public key, and a platform certificate.
rsa wechatpay.pkcs8.pem 2048
openssl rsa -in wechatpay.pkcs8.pem -pubout -out wechatpay.spki.pem 2>/dev/null
openssl rsa -in wechatpay.pkcs8.pem -pubout -outform DER -out wechatpay.spki.der 2>/dev/null
rsa platform.pkcs8.pem 2048
certificate platform.pkcs8.pem 5157F09EFDC096DE15EBE81A47057A7232F1B8E1 platform.cert.pem
openssl x509 -in platform.cert.pem -outform DER -out platform.cert.der

# Longer keys, which are taken.
rsa rsa3072.pem 3072
rsa rsa4096.pem 4096

# What is refused.
rsa rsa1024.pem 1024
rsa rsa8192.pem 8192
openssl rsa -in rsa1024.pem -pubout -out rsa1024.spki.pem 2>/dev/null
rsa three-primes.pem -primes 3 2048
openssl pkcs8 -topk8 -in merchant.pkcs8.pem -passout pass:test -out encrypted.pkcs8.pem
openssl pkcs8 -topk8 -in merchant.pkcs8.pem -passout pass:test -outform DER -out encrypted.pkcs8.der
openssl rsa -in merchant.pkcs8.pem -traditional -aes256 -passout pass:test -out encrypted.pkcs1.pem 2>/dev/null
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.pkcs8.pem
openssl ec -in ec.pkcs8.pem -out ec.sec1.pem 2>/dev/null
openssl pkey -in ec.pkcs8.pem -pubout -out ec.spki.pem
openssl pkcs8 -topk8 -nocrypt -in ec.pkcs8.pem -outform DER -out ec.pkcs8.der
openssl ec -in ec.pkcs8.pem -outform DER -out ec.sec1.der 2>/dev/null
openssl genpkey -algorithm ED25519 -out ed25519.pkcs8.pem
openssl pkey -in ed25519.pkcs8.pem -pubout -out ed25519.spki.pem
