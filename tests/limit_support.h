#include "support/limit_study.h"
