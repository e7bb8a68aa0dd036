#!/usr/bin/env bash
# Makes the development certificates that stand beside this script. Needs openssl 1.1.1 or later.
#   ./make-certs.sh            refuses to touch what is there
#   ./make-certs.sh --force    makes all of them anew
set -euo pipefail

# The same dates whatever the day it runs, so that a clock that lags behind never finds them not yet valid.
readonly FROM=20250101000000Z
readonly UNTIL=20460101000000Z

cd "$(dirname "${BASH_SOURCE[0]}")"

force=no
case "${1:-}" in
    '') ;;
    --force) force=yes ;;
    *) echo "make-certs.sh: $1: unknown option; use --force or nothing" >&2; exit 2 ;;
esac

if [[ $force == no ]] && compgen -G '*.pem' >/dev/null; then
    echo "make-certs.sh: certificates exist; --force replaces them" >&2
    exit 1
fi

umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/index"
mkdir "$work/made"
readonly beside=$PWD
cd "$work/made"

cat >"$work/ca.cnf" <<CONFIG
[ca]
default_ca = development
[development]
database = $work/index
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
preserve = yes
[any]
organizationName = optional
commonName = supplied
CONFIG

new_key() {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null
    chmod 644 "$1" # Public anyway: it stands in the repository.
}

# sign KEY CERTIFICATE COMMON-NAME EXTENSION-LINES SIGNING-ARGUMENTS...
sign() {
    local key=$1 certificate=$2 name=$3 extensions=$4
    shift 4
    openssl req -new -key "$key" -subj "/O=EsockdNetty development/CN=$name" -out "$work/request.pem"
    printf '[extensions]\nsubjectKeyIdentifier = hash\n%s\n' "$extensions" >"$work/extensions.cnf"
    openssl ca -batch -notext -config "$work/ca.cnf" "$@" -in "$work/request.pem" -out "$certificate" \
        -startdate "$FROM" -enddate "$UNTIL" -extfile "$work/extensions.cnf" -extensions extensions 2>"$work/log" \
        || { cat "$work/log" >&2; exit 1; }
}

# leaf NAME COMMON-NAME USAGE [SUBJECT-ALTERNATIVE-NAMES]
leaf() {
    local name=$1 common_name=$2 usage=$3 names=${4:-}
    local extensions="authorityKeyIdentifier = keyid
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = $usage"
    [[ -z $names ]] || extensions+=$'\n'"subjectAltName = $names"

    new_key "$name-key.pem"
    sign "$name-key.pem" "$name.pem" "$common_name" "$extensions" -cert ca.pem -keyfile ca.key
    openssl pkcs12 -export -inkey "$name-key.pem" -in "$name.pem" -certfile ca.pem -name "$common_name" -passout pass: -out "$name.pfx"
    chmod 644 "$name.pfx"
}

new_key ca.key
sign ca.key ca.pem 'EsockdNetty development CA' 'basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign' -selfsign -keyfile ca.key

leaf server localhost serverAuth 'DNS:localhost, IP:127.0.0.1, IP:::1'
leaf second second.esockd.test serverAuth 'DNS:second.esockd.test'
leaf client 'development client' clientAuth

openssl verify -CAfile ca.pem server.pem second.pem client.pem
cp -- * "$beside/"
