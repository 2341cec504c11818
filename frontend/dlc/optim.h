// Optimisers: functions from (parameters, gradients, state) to new parameters
// and state, traced like anything else.

#ifndef DLC_FRONTEND_OPTIM_H
#define DLC_FRONTEND_OPTIM_H

#include <dlc/optim/Adaptive.h>
#include <dlc/optim/Clip.h>
#include <dlc/optim/SGD.h>
#include <dlc/optim/Schedule.h>

#endif // DLC_FRONTEND_OPTIM_H
