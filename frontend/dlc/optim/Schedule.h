// Schedules: the learning rate of each step (or epoch), counted from 0.
//
//     auto rate = optim::cosine(0.1, 0.001, 100);
//     optimizer.setLearningRate(rate(step));

#ifndef DLC_FRONTEND_OPTIM_SCHEDULE_H
#define DLC_FRONTEND_OPTIM_SCHEDULE_H

#include <dlc/Error.h>

#include <cstdint>
#include <functional>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::optim {

using Schedule = std::function<double(int64_t step)>;

Schedule constant(double rate);
/// rate·factor^⌊step / every⌋.
Schedule stepwise(double rate, double factor, int64_t every,
                  Loc where = Loc::current());
/// Multiplied by `factor` at each of the (rising) steps.
Schedule milestones(double rate, double factor, std::vector<int64_t> steps,
                    Loc where = Loc::current());
/// rate·factor^step.
Schedule exponential(double rate, double factor);
/// rate·(1 - step / steps)^power, then 0.
Schedule polynomial(double rate, double power, int64_t steps,
                    Loc where = Loc::current());
/// Half a cosine from `rate` to `last` over `steps`, then `last`. Loshchilov
/// and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017).
Schedule cosine(double rate, double last, int64_t steps,
                Loc where = Loc::current());
/// rate / (1 + step)^½ relative to a warm-up of `warmup` steps, and linear
/// before: rate·min((step + 1) / warmup, √(warmup / (step + 1))). Vaswani et
/// al., "Attention is all you need" (2017).
Schedule inverseRoot(double rate, int64_t warmup, Loc where = Loc::current());
/// The schedule `then`, begun after `steps` steps of a straight line from
/// `first` to its first rate.
Schedule warmup(int64_t steps, double first, Schedule then,
                Loc where = Loc::current());

} // namespace dlc::optim
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPTIM_SCHEDULE_H
