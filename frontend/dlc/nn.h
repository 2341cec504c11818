// Neural networks: modules, layers, initial values.

#ifndef DLC_FRONTEND_NN_H
#define DLC_FRONTEND_NN_H

#include <dlc/nn/Images.h>
#include <dlc/nn/Init.h>
#include <dlc/nn/Layers.h>
#include <dlc/nn/Module.h>
#include <dlc/nn/Norms.h>
#include <dlc/nn/Sequences.h>

#endif // DLC_FRONTEND_NN_H
