"""What other libraries say of the schedules: the learning rate at each of the first steps."""

from types import SimpleNamespace

import numpy as np


def torch_rates(scheduler, t, lr, **options):
    """The rates at the steps t that a scheduler of PyTorch gives an optimizer, step by step."""
    import torch

    optimizer, rates = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=lr), []
    options = {name: make(optimizer) if callable(make) else make for name, make in options.items()}
    scheduler = scheduler(optimizer, **options)
    for _ in range(int(t.max()) + 1):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return np.array(rates)[np.asarray(t, dtype=int)]


def factor(function):
    """An option of PyTorch that is a function of the step."""
    return lambda optimizer: function


def pieces(*makers):
    """The schedulers that PyTorch joins; each takes the optimizer."""
    return lambda optimizer: [make(optimizer) for make in makers]


def warmup_cosine(f, t, warmup, decay, lr, start, end):
    from torch.optim.lr_scheduler import CosineAnnealingLR, LambdaLR

    parts = pieces(
        lambda o: LambdaLR(o, lambda t: (start + (lr - start) * t / warmup) / lr),
        lambda o: CosineAnnealingLR(o, decay, end),
    )
    return torch_rates(f, np.minimum(t, warmup + decay), lr, schedulers=parts, milestones=[warmup])


def trapezoid(f, t, warmup, stable, decay, lr):
    from torch.optim.lr_scheduler import ConstantLR, LambdaLR, LinearLR

    parts = pieces(
        lambda o: LambdaLR(o, lambda t: t / warmup),
        lambda o: ConstantLR(o, 1.0),
        lambda o: LinearLR(o, 1.0, 0.0, decay),
    )
    return torch_rates(f, t, lr, schedulers=parts, milestones=[warmup, warmup + stable])


def one_cycle(f, t, warmup, decay, lr, div, final_div):
    """PyTorch knows no step behind the cycle."""
    total = warmup + decay + 1
    share = {"total_steps": total, "pct_start": (warmup + 1) / total}
    options = {"max_lr": lr, "div_factor": div, "final_div_factor": final_div, "cycle_momentum": False}
    rates = torch_rates(f, np.arange(total - 1.0), lr, **options, **share)
    last = lr / div / final_div
    return np.append(rates, last)[np.minimum(t, total - 1).astype(int)]


def curve(schedule, t):
    """The rates of a schedule of Keras, which takes one step."""
    return np.array([float(schedule(step)) for step in t])


def torch_plateau(f, lr, losses, factor, patience, min_delta):
    import torch

    optimizer, rates = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=lr), []
    scheduler = f(optimizer, factor=factor, patience=patience, threshold=min_delta, threshold_mode="abs")
    for loss in losses:
        scheduler.step(loss)
        rates.append(optimizer.param_groups[0]["lr"])
    return np.array(rates)


def keras_plateau(f, lr, losses, factor, patience, min_delta):
    import keras

    model, rates = SimpleNamespace(optimizer=keras.optimizers.SGD(lr)), []
    callback = f("loss", factor, patience + 1, mode="min", min_delta=min_delta)
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, loss in enumerate(losses):
        callback.on_epoch_end(epoch, {"loss": loss})
        rates.append(float(model.optimizer.learning_rate))
    return np.array(rates)


def optax_plateau(f, lr, losses, factor, patience, min_delta):
    transform, rates = f(factor, patience + 1, rtol=0.0, atol=min_delta), []
    state = transform.init(np.zeros(1))
    for loss in losses:
        update, state = transform.update(np.array([lr]), state, value=loss)
        rates.append(float(update[0]))
    return np.array(rates)


ORACLES = {
    "step_decay": {
        "torch.optim.lr_scheduler.StepLR": lambda f, t, period, gamma, lr: torch_rates(
            f, t.numpy(), lr, step_size=period, gamma=gamma
        ),
        "keras.optimizers.schedules.ExponentialDecay": lambda f, t, period, gamma, lr: curve(
            f(lr, period, gamma, staircase=True), t
        ),
        "optax.exponential_decay": lambda f, t, period, gamma, lr: f(lr, period, gamma, staircase=True)(t),
    },
    "piecewise_constant": {
        "torch.optim.lr_scheduler.MultiStepLR": lambda f, t, milestones, factors, lr: (
            np.prod(
                [
                    torch_rates(f, t.numpy(), 1.0, milestones=[np.ceil(float(m))], gamma=float(factor))
                    for m, factor in zip(milestones, factors, strict=True)
                ],
                axis=0,
            )
            * lr
        ),
        "keras.optimizers.schedules.PiecewiseConstantDecay": lambda f, t, milestones, factors, lr: curve(
            f(
                [float(np.ceil(m)) - 1 for m in np.sort(milestones)],
                [float(r) for r in lr * np.cumprod(np.append(1, factors[np.argsort(milestones)]))],
            ),
            t,
        ),
        "optax.piecewise_constant_schedule": lambda f, t, milestones, factors, lr: np.array(
            [f(lr, dict(zip(milestones.tolist(), factors.tolist(), strict=True)))(step) for step in t]
        ),
    },
    "exponential_decay": {
        "torch.optim.lr_scheduler.ExponentialLR": lambda f, t, gamma, period, lr: torch_rates(
            f, t.numpy(), lr, gamma=gamma ** (1 / period)
        ),
        "keras.optimizers.schedules.ExponentialDecay": lambda f, t, gamma, period, lr: curve(
            f(lr, period, gamma), t
        ),
        "optax.exponential_decay": lambda f, t, gamma, period, lr: f(lr, period, gamma)(t),
    },
    "inverse_time_decay": {
        "torch.optim.lr_scheduler.LambdaLR": lambda f, t, rate, lr: torch_rates(
            f, t.numpy(), lr, lr_lambda=factor(lambda step: 1 / (1 + rate * step))
        ),
        "keras.optimizers.schedules.InverseTimeDecay": lambda f, t, rate, lr: curve(f(lr, 1, rate), t),
    },
    "polynomial_decay": {
        "torch.optim.lr_scheduler.PolynomialLR": lambda f, t, steps, power, lr, end: (
            end + (lr - end) * torch_rates(f, t.numpy(), 1.0, total_iters=steps, power=power)
        ),
        "keras.optimizers.schedules.PolynomialDecay": lambda f, t, steps, power, lr, end: curve(
            f(lr, steps, end, power), t
        ),
        "optax.polynomial_schedule": lambda f, t, steps, power, lr, end: f(lr, end, power, steps)(t),
        "optax.linear_schedule": lambda f, t, steps, power, lr, end: (
            end + (lr - end) * f(1.0, 0.0, steps)(t) ** power
        ),
    },
    "cosine_decay": {
        "torch.optim.lr_scheduler.CosineAnnealingLR": lambda f, t, steps, lr, end: torch_rates(
            f, np.minimum(t.numpy(), steps), lr, T_max=steps, eta_min=end
        ),
        "keras.optimizers.schedules.CosineDecay": lambda f, t, steps, lr, end: curve(
            f(lr, steps, alpha=end / lr), t
        ),
        "optax.cosine_decay_schedule": lambda f, t, steps, lr, end: f(lr, steps, alpha=end / lr)(t),
    },
    "linear_warmup": {
        "torch.optim.lr_scheduler.LinearLR": lambda f, t, warmup, lr, start: (
            start
            + (lr - start) * (2 * torch_rates(f, t.numpy(), 1.0, start_factor=0.5, total_iters=warmup) - 1)
        ),
        "optax.warmup_constant_schedule": lambda f, t, warmup, lr, start: f(start, lr, warmup)(t),
    },
    "warmup_cosine": {
        "torch.optim.lr_scheduler.SequentialLR": lambda f, t, warmup, decay, lr, start, end: warmup_cosine(
            f, t.numpy(), warmup, decay, lr, start, end
        ),
        "keras.optimizers.schedules.CosineDecay": lambda f, t, warmup, decay, lr, start, end: curve(
            f(start, decay, alpha=end / lr, warmup_target=lr, warmup_steps=warmup), t
        ),
        "optax.warmup_cosine_decay_schedule": lambda f, t, warmup, decay, lr, start, end: f(
            start, lr, warmup, warmup + decay, end
        )(t),
    },
    "warmup_stable_decay": {
        "torch.optim.lr_scheduler.SequentialLR": lambda f, t, warmup, stable, decay, lr: trapezoid(
            f, t.numpy(), warmup, stable, decay, lr
        ),
        "optax.join_schedules": lambda f, t, warmup, stable, decay, lr: f(
            [
                lambda t: lr * t / warmup,
                lambda t: lr + 0 * t,
                lambda t: lr * (1 - np.minimum(t, decay) / decay),
            ],
            [warmup, warmup + stable],
        )(t),
        "numpy.interp": lambda f, t, warmup, stable, decay, lr: f(
            t, np.cumsum([0, warmup, stable, decay]), [0, lr, lr, 0]
        ),
    },
    "inverse_root_decay": {
        "torch.optim.lr_scheduler.LambdaLR": lambda f, t, warmup, lr: torch_rates(
            f,
            t.numpy(),
            lr * warmup**0.5,
            lr_lambda=factor(lambda step: min((step + 1) ** -0.5, (step + 1) * warmup**-1.5)),
        ),
    },
    "one_cycle": {
        "torch.optim.lr_scheduler.OneCycleLR": lambda f, t, warmup, decay, lr, div, final_div: one_cycle(
            f, t.numpy(), warmup, decay, lr, div, final_div
        ),
        "optax.cosine_onecycle_schedule": lambda f, t, warmup, decay, lr, div, final_div: np.array(
            [f(warmup + decay, lr, warmup / (warmup + decay), div, final_div)(step) for step in t]
        ),
    },
    "cosine_restarts": {
        "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts": lambda f, t, period, lr, end: torch_rates(
            f, t.numpy(), lr, T_0=period, eta_min=end
        ),
        "keras.optimizers.schedules.CosineDecayRestarts": lambda f, t, period, lr, end: curve(
            f(lr, period, t_mul=1.0, alpha=end / lr), t
        ),
        "optax.sgdr_schedule": lambda f, t, period, lr, end: np.array(
            [
                f(
                    [
                        {
                            "init_value": lr,
                            "peak_value": lr,
                            "warmup_steps": 0,
                            "decay_steps": period,
                            "end_value": end,
                        }
                    ]
                    * 9
                )(step)
                for step in t
            ]
        ),
    },
    "reduce_on_plateau": {
        "torch.optim.lr_scheduler.ReduceLROnPlateau": lambda f, lr, loss, state, factor, patience, delta: (
            torch_plateau(f, lr, loss, factor, patience, delta)
        ),
        "keras.callbacks.ReduceLROnPlateau": lambda f, lr, loss, state, factor, patience, delta: (
            keras_plateau(f, lr, loss, factor, patience, delta)
        ),
        "optax.contrib.reduce_on_plateau": lambda f, lr, loss, state, factor, patience, delta: optax_plateau(
            f, lr, loss, factor, patience, delta
        ),
    },
}
