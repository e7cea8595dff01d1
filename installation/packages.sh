# Sourced. The Debian packages hoso is installed with, and `install_packages NAME…`, which installs them where this user
# may, else returns 1 quietly.
PYTHON_PACKAGES="python3 python3-venv make"
OFFICE_PACKAGES="libreoffice-writer-nogui poppler-utils fontconfig"
# Version 1 of the fonts lacks most Vietnamese letters; where there is no fonts-liberation2, fonts-liberation is version 2.
FONT_PACKAGES="fonts-liberation2 fonts-liberation"

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root="refused"; fi
fi

install_packages() {
    [ "$as_root" != "refused" ] || return 1
    command -v apt-get >/dev/null 2>&1 || return 1
    [ -n "${apt_lists_fresh:-}" ] || { $as_root apt-get update -qq >/dev/null 2>&1 || true; apt_lists_fresh=1; }
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

# The font package this Debian or Ubuntu has with all Vietnamese letters.
font_package() {
    for name in $FONT_PACKAGES; do
        if apt-cache show "$name" >/dev/null 2>&1; then echo "$name"; return; fi
    done
    echo "${FONT_PACKAGES%% *}"
}
