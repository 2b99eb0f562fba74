"""How long layers take in loops over the same formula, as snippets, and in PyTorch on one thread.

``make bench`` runs it and writes the table of the page on layers. All three get the same numbers, in double
precision, and are compared while they are timed.
"""

import csv
import functools
import inspect
import itertools
import os
import sys
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before NumPy is loaded

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "docs" / "_ext")]

import loops  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from cases import cases  # noqa: E402
from oracles import attention, layers, normalization, recurrent  # noqa: E402
from snippets import snippets  # noqa: E402
from test_oracles import as_library_sees_it, found  # noqa: E402

TABLE = ROOT / "docs" / "layers" / "speed.csv"


def lstm(f, x, h0, c0, w, u, b):
    return recurrent.layer(f, (w, u, b, 0 * b))(x, (h0[None], c0[None]))[0]


TWINS = {  # where the line of the oracle is no measure
    "lstm": {"torch.nn.LSTM": lstm},  # PyTorch has the last memory only: the oracle's line runs it for each
    "dropout": {  # PyTorch draws by itself: the oracle's lines search for seeds
        "torch.where": lambda f, x, u, rate: f(u >= rate, x / (1 - rate), 0.0)
    },
    "drop_path": {"torch.where": lambda f, x, u, rate: f((u >= rate)[:, None], x / (1 - rate), 0.0)},
}
ORACLES = layers.ORACLES | normalization.ORACLES | attention.ORACLES | recurrent.ORACLES | TWINS
REARRANGED = "weights rearranged"  # on the way to PyTorch's layer, which is in the time
PIECES = "of pieces"  # no layer of PyTorch: its functions one after the other
VIEW = "a view"  # nothing is copied
NOTES = {
    name: note
    for note, names in {
        REARRANGED: "rnn_cell gru_cell lstm_cell rnn gru lstm bidirectional_rnn multi_head_attention "
        "transformer_pre_norm transformer_post_norm",
        PIECES: "residual_block projection_block squeeze_excitation gru_cell_reset_first additive_attention "
        "rotary_interleaved rotary_halves dropout drop_path",
        VIEW: "flatten",
    }.items()
    for name in names.split()
}


def timed(run, often):
    """What it returns, and the processor's time for one run, or the shortest of many: the least disturbed."""
    times, begin = [], time.perf_counter()
    while not times or (often and (len(times) < 4 or time.perf_counter() - begin < 0.3)):
        start = time.process_time()
        result = run()
        times.append(time.process_time() - start)
    return result, min(times)


def split(returned):
    """The outputs of a layer, and its backward pass; what follows that is a state."""
    outputs = list(itertools.takewhile(lambda part: not callable(part), returned))
    return outputs, returned[len(outputs)]


def numpy_passes(layer, arguments, dys, often):
    """Outputs and gradients as one list, and the seconds of both passes."""
    returned, forward = timed(lambda: layer(*arguments), often)
    outputs, back = split(returned)
    gradients, backward = timed(lambda: back(*dys), often)
    return [*outputs, *(gradients if isinstance(gradients, tuple) else [gradients])], (forward, backward)


def torch_passes(snippet, arguments, dys):
    path, line = next((p, line) for p, line in ORACLES[snippet.name].items() if p.startswith("torch."))
    function, handed = found(path), [as_library_sees_it(path, a) for a in arguments]
    if inspect.isclass(function):
        function = functools.cache(function)  # a layer is made once
    by_name = dict(zip(snippet.signature.parameters, handed, strict=True))
    leaves = [by_name[g.name.removeprefix("d")].requires_grad_() for g in snippet.gradients]
    dys = [torch.from_numpy(dy) for dy in dys]

    def run():
        ys = line(function, *handed)
        ys = ys if isinstance(ys, tuple) else (ys,)
        return [y.reshape(dy.shape) for y, dy in zip(ys, dys, strict=False)]  # no running statistics

    ys, forward = timed(run, True)
    gradients, backward = timed(
        lambda: torch.autograd.grad(ys, leaves, dys[: len(ys)], retain_graph=True), True
    )
    return [y.detach().numpy() for y in ys], [g.numpy() for g in gradients], (forward, backward)


def main():
    torch.set_num_threads(1)
    snippet = {s.name: s for s in snippets()}
    rows, random = [], np.random.default_rng(1)
    print(f"{'milliseconds':64}{'loops':>10}{'snippet':>10}{'PyTorch':>10}{'snippet / PyTorch':>20}")
    for name, arguments in cases():
        outputs, _ = split(snippet[name].function(*arguments))
        dys = [random.normal(size=y.shape) for y in outputs]
        if name == "lstm":
            dys[1][:] = 0  # by the memory, which PyTorch keeps to itself
        slow, by_loops = numpy_passes(getattr(loops, name), arguments, dys, False)
        ours, by_us = numpy_passes(snippet[name].function, arguments, dys, True)
        theirs, gradients, by_torch = torch_passes(snippet[name], arguments, dys)
        pairs = [
            *zip(ours, slow, strict=True),
            *zip(ours, theirs, strict=False),
            *zip(ours[len(outputs) :], gradients, strict=True),
        ]
        for one, other in pairs:
            np.testing.assert_allclose(one, other, rtol=1e-8, atol=1e-8)
        shown = f"{name} (PyTorch: {NOTES[name]})" if name in NOTES else name
        passes = zip(("forward", "backward"), by_loops, by_us, by_torch, strict=True)
        for direction, loop, our, their in passes:
            rows.append([shown, direction, f"{loop / our:.0f}", f"{our / their:.1f}"])
            times = "".join(f"{1000 * t:10.2f}" for t in (loop, our, their))
            print(f"{shown:55}{direction:9}{times}{our / their:20.1f}", flush=True)
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["Layer", "Pass", "Times faster than loops", "Times as long as PyTorch"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
