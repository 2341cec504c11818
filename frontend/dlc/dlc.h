// dlc: train and run neural networks through one compiler.

#ifndef DLC_DLC_H
#define DLC_DLC_H

#include <dlc/Autocast.h>
#include <dlc/ControlFlow.h>
#include <dlc/Error.h>
#include <dlc/Ops.h>
#include <dlc/Random.h>
#include <dlc/Tensor.h>
#include <dlc/Transforms.h>
#include <dlc/Tree.h>
#include <dlc/data.h>
#include <dlc/io.h>
#include <dlc/metrics.h>
#include <dlc/nn.h>
#include <dlc/optim.h>
#include <dlc/plot.h>
#include <dlc/train.h>

#endif // DLC_DLC_H
