#include "support/failing_operator.h"
