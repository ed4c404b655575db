#!/bin/sh
# Every benchmark in turn, on one core, each printing its table. What they mean is in docs/performance.md.
set -u
cd "$(dirname "$0")/.."
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 POLARS_MAX_THREADS=1 GINNEL_OFFLINE=yes
failed=0

.venv/bin/python -c "import sentence_transformers" 2>/dev/null ||
    echo "sentence-transformers is not installed: benchmarks that set us beside it leave its row out."
for file in benchmarks/*.py; do
    # A benchmark can be run; other modules there are its parts (*_data.py) or made our data (distil_*.py).
    case $file in *_data.py | */distil_*) continue ;; esac
    grep -q '__name__ == "__main__"' "$file" || continue
    printf '\n== %s\n' "${file#benchmarks/}"
    .venv/bin/python "$file" </dev/null || failed=1
done
exit $failed
