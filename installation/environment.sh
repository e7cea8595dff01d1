#!/bin/sh
# environment.sh LOCK: the virtual environment `.venv` with exactly the locked packages, and hoso itself in it.
set -eu
cd "$(dirname "$0")/.."
lock=$1
. installation/packages.sh

if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Cần Python 3.11 trở lên. Trên Debian 12 hoặc Ubuntu 24.04: apt install python3 python3-venv" >&2
    exit 1
fi
if [ ! -x .venv/bin/python ]; then
    echo "Đang tạo môi trường Python trong .venv …"
    "$PYTHON" -m venv .venv >/dev/null 2>&1 || {
        rm -rf .venv
        install_packages python3-venv || true
        "$PYTHON" -m venv .venv || {
            echo "Không tạo được môi trường Python. Xin cài gói python3-venv (apt install python3-venv) rồi chạy lại." >&2
            exit 1
        }
    }
fi
echo "Đang cài các gói Python đã khóa phiên bản ($lock) …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
