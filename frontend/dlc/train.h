// Training: the loop, what it prints and what it leaves behind.

#ifndef DLC_FRONTEND_TRAIN_H
#define DLC_FRONTEND_TRAIN_H

#include <dlc/train/Fit.h>
#include <dlc/train/Interrupt.h>
#include <dlc/train/Progress.h>
#include <dlc/train/Run.h>

#endif // DLC_FRONTEND_TRAIN_H
