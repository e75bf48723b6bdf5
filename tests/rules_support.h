#include "support/rule_sums.h"
