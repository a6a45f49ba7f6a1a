#!/usr/bin/env bash
# Builds the module twice, in two clones of the committed state that lie in different folders, and compares every assembly of
# PgSecurity byte for byte. Ends with 1 where one differs. What a build takes from NuGet is copied, and not compared.
#   eng/reproducible.sh [commit]
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
commit=${1:-HEAD}
commit=$(git -C "$root" rev-parse "$commit")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() {
    git clone --quiet --no-hardlinks "$root" "$1"
    git -C "$1" checkout --quiet --detach "$commit"
    # A compiler process for each: one that builds both would repeat its own choices.
    CI=true UseSharedCompilation=false dotnet build "$1/src/PgSecurity/PgSecurity.csproj" -c Release -v q --nologo -p:RunAnalyzers=false
}

hashes() {
    (cd "$1/bin" && find . -name 'PgSecurity*.dll' -print0 | sort -z | xargs -0 sha256sum)
}

build "$work/first"
build "$work/another folder/second"
hashes "$work/first" > "$work/first.sha256"
hashes "$work/another folder/second" > "$work/second.sha256"
if ! diff "$work/first.sha256" "$work/second.sha256"; then
    echo "Two builds of $commit differ in the assemblies above." >&2
    exit 1
fi

cat "$work/first.sha256"
echo "$(wc -l < "$work/first.sha256") assemblies of $commit are the same in both builds."
