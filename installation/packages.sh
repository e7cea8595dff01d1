# Sourced: `install_packages NAME…` installs Debian packages where this user may, else returns 1 quietly.
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
