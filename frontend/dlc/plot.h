// Pictures and reports.

#ifndef DLC_FRONTEND_PLOT_H
#define DLC_FRONTEND_PLOT_H

#include <dlc/plot/Figure.h>
#include <dlc/plot/Page.h>

#endif // DLC_FRONTEND_PLOT_H
