#!/bin/sh
# Usage: port-names.sh [FOLDER|FILE]...
# Rewrites the public names of libgrazing 0.1 into those of 0.2 (docs/abi.md has the table) in C, C++, Julia, Python and Markdown files. Safe to
# run again: a name of 0.2 is never taken for one of 0.1. GNU sed. Without arguments it ports this source tree itself and formats what it changed.
# What no pattern can know remains for the compiler to point at: a context that is not called `context` (grz_kernel_create_scaled and its
# like take it first now), grz_interpolant_create and grz_operator_coercivity, which have an argument more.
set -eu

itself=0
if [ $# = 0 ]; then
    cd "$(git rev-parse --show-toplevel 2>/dev/null || dirname "$0")"
    itself=1
    set -- include src tests examples docs README.md lib/grazing.map
fi

program=$(mktemp)
trap 'rm -f "$program"' EXIT

rename() { printf 's/\\b%s\\b/%s/g\n' "$1" "$2" >>"$program"; }
# prefix OLD NEW NAME...: constants OLD_NAME to NEW_NAME
prefix() {
    old=$1 new=$2
    shift 2
    for name in "$@"; do rename "GRZ_$old$name" "GRZ_$new$name"; done
}

# Arguments that changed places or were added; the names' change keeps a second run from doing it again.
cat >>"$program" <<'SED'
s/(\bgrz_rate_create_\w+\([^,()]+, [^,()]+, [^,()]+, )GRZ_RATE_(DENSITY|RELATIVE), ([^,()]+), &/\1\3, GRZ_RATE_FORM_\2, \&/g
s/\bgrz_kernel_scale\(const /grz_kernel_create_scaled(grz_context *context, const /
s/\bgrz_kernel_multiply\(const /grz_kernel_create_multiplied(grz_context *context, const /
s/\bgrz_kernel_cut_off_kinetic\(const /grz_kernel_create_cut_off_kinetic(grz_context *context, const /
s/\bgrz_distribution_equilibrium\(const /grz_distribution_create_equilibrium(grz_context *context, const /
s/\bgrz_rate_residual\(int64_t/grz_curve_residual(grz_context *context, int64_t/
s/\bgrz_kernel_scale\((\w+(\.|->))(\w)/grz_kernel_create_scaled(\1context, \1\3/g
s/\bgrz_kernel_scale\((\w)/grz_kernel_create_scaled(context, \1/g
s/\bgrz_kernel_multiply\((\w)/grz_kernel_create_multiplied(context, \1/g
s/\bgrz_kernel_cut_off_kinetic\((\w)/grz_kernel_create_cut_off_kinetic(context, \1/g
s/\bgrz_distribution_equilibrium\((\w+(\.|->))(\w)/grz_distribution_create_equilibrium(\1context, \1\3/g
s/\bgrz_distribution_equilibrium\((\w)/grz_distribution_create_equilibrium(context, \1/g
s/\bFAILS\((\w+\.context), grz_rate_residual\((\w)/FAILS(\1, grz_curve_residual(\1, \2/g
s/\bgrz_rate_residual\((\w|\()/grz_curve_residual(context, \1/g
SED
rename grz_kernel_scale grz_kernel_create_scaled
rename grz_kernel_multiply grz_kernel_create_multiplied
rename grz_kernel_cut_off_kinetic grz_kernel_create_cut_off_kinetic
rename grz_distribution_equilibrium grz_distribution_create_equilibrium
rename grz_rate_residual grz_curve_residual

# Queries without get_; begin, record, end; columns of tables; one name in front.
rename grz_kernel_get_type grz_kernel_type_of
rename grz_kernel_get_class grz_kernel_class_of
rename grz_operator_get_option grz_operator_option_value
rename grz_metric_get_option grz_metric_option_value
rename grz_flow_get_option grz_flow_option_value
rename grz_flow_get_statistic grz_flow_statistic_value
rename grz_ledger_finish grz_ledger_end
rename grz_ledger_values grz_ledger_column
rename grz_limit_values grz_limit_column
rename grz_limit_get_series grz_limit_curve_column
rename grz_lift grz_kernel_lift

# Types.
rename grz_option grz_operator_option
rename grz_scheme grz_time_scheme

# Constants: GRZ_, the name of their enum in capitals, their own name.
prefix KERNEL_ KERNEL_TYPE_ POWER_LAW INVERSE_POWER COULOMB VHS TABLE CALLBACK GENERAL
prefix CLASS_ KERNEL_CLASS_ HARD MAXWELL MODERATELY_SOFT VERY_SOFT GENERAL
prefix '' EQUATION_ BOLTZMANN LANDAU
prefix '' METHOD_ ENTROPIC SPECTRAL
prefix OPTION_ OPERATOR_OPTION_ ACCURACY RADIUS SPLINE_DEGREE RADIAL_NODES SPHERE_DEGREE THETA_NODES PHI_NODES MOBILITY_MEMORY SCHEME \
    OUTPUT_RANK INPUT_RANK SAMPLES DECAY FLOOR PADDED_NODES CONSERVE EQUILIBRIUM MODES
prefix SCHEME_ SPECTRAL_SCHEME_ RADIAL_TENSOR SPHERE_RULE SEPARABLE
prefix '' FUNCTIONAL_TYPE_ ENTROPY RELATIVE_ENTROPY FISHER_INFORMATION DISSIPATION DISSIPATION_SQUARE_ROOT
prefix METRIC_ METRIC_OPTION_ TOLERANCE ITERATION_CAP MOMENT_TOLERANCE
prefix RATE_ RATE_FORM_ DENSITY RELATIVE
prefix RULE_ TIME_RULE_ TRAPEZOID SIMPSON
prefix COERCIVITY_ COERCIVITY_TERM_ LEFT DISSIPATION C1 C2 C3 C4 CF RIGHT
prefix SCHEME_ TIME_SCHEME_ SSP_RK2 SSP_RK3 SSP_RK4 BOGACKI_SHAMPINE DORMAND_PRINCE PROXIMAL PROXIMAL_2
prefix FLOW_ FLOW_OPTION_ TOLERANCE LARGEST_STEP SMALLEST_STEP RESIDUAL LARGEST_NEWTON LARGEST_GRADIENTS FLOOR PARTS
prefix FLOW_ FLOW_STATISTIC_ STEPS REJECTED EVALUATIONS NEWTON GRADIENTS LAST_ERROR NEXT_STEP DISSIPATED RAISED RELAXED
prefix LEDGER_ LEDGER_ENTRY_ TIME ENTROPY DISSIPATION SPEED DISSIPATED TRAVELLED DEFECT ERROR MASS MOMENTUM_X MOMENTUM_Y MOMENTUM_Z ENERGY FISHER \
    MINIMUM
prefix LEDGER_ LEDGER_VERDICT_ GRADIENT_FLOW INEQUALITY_FAILS MASS_CHANGES ENERGY_GROWS UNREACHABLE
prefix LIMIT_ LIMIT_QUANTITY_ EPS ENTROPY DISSIPATION SQUARE_ROOT SPEED L1 WEAK HOELDER HOELDER_BOUND MARGIN_ENTROPY MARGIN_DISSIPATION \
    MARGIN_SQUARE_ROOT MARGIN_SPEED DEFECT SECOND_MOMENT START

find "$@" -type f \( -name '*.c' -o -name '*.h' -o -name '*.def' -o -name '*.cpp' -o -name '*.hpp' -o -name '*.cc' -o -name '*.cxx' -o -name '*.jl' \
    -o -name '*.py' -o -name '*.md' -o -name '*.sh' -o -name '*.map' \) ! -name abi.md | while IFS= read -r file; do
    changed=$(mktemp)
    sed -E -f "$program" "$file" >"$changed"
    if ! cmp -s "$changed" "$file"; then
        cat "$changed" >"$file"
        echo "$file"
        case $file in
        *.c | *.h | *.hpp | *.cpp) [ "$itself" = 0 ] || ${CLANG_FORMAT:-clang-format} -i "$file" ;;
        esac
    fi
    rm -f "$changed"
done
