"""Distils the word vectors of `src/text/vectors.{txt,bin}` from a sentence encoder. `README.md` says how and why.

    python distil.py MODEL.onnx TOKENIZER.json WORDNET_DICT OUT_FOLDER
"""

import random
import re
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from scipy.sparse import csr_matrix, identity
from scipy.sparse.linalg import cg
from tokenizers import Tokenizer

WIDTH = 96
SENTENCES = 120_000
QUESTIONS = 40_000
# How strongly a word is held to its own vector where few sentences have it.
PRIOR = 0.3


def main(model: str, tokenizer: str, wordnet: str, out: str) -> None:
    encoder = Encoder(model, tokenizer)
    words = encoder.whole_words()
    sentences = definitions(Path(wordnet))
    lower_case = {word for text in sentences for word in re.findall(r"[A-Za-z]+", text.replace("'", "")) if word.islower()}
    texts = sentences[:SENTENCES] + questions(Path(wordnet), words)[:QUESTIONS]
    vectors = fitted(words, encoder.vectors(words), texts, encoder.vectors(texts))
    write(Path(out), words, vectors, lower_case)


class Encoder:
    """A sentence encoder: the mean of its last layer over the words, at length 1."""

    def __init__(self, model: str, tokenizer: str) -> None:
        self.session = onnxruntime.InferenceSession(model)
        self.inputs = {given.name for given in self.session.get_inputs()}
        self.tokenizer = Tokenizer.from_file(tokenizer)
        self.tokenizer.enable_truncation(128)
        self.tokenizer.enable_padding()

    def whole_words(self) -> list[str]:
        numbered = sorted(self.tokenizer.get_vocab().items(), key=lambda item: item[1])
        return [word for word, _ in numbered if re.fullmatch("[a-z]{1,20}", word)]

    def vectors(self, texts: list[str], batch: int = 128) -> np.ndarray:
        # Texts of like length together: none is padded much.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for start in range(0, len(order), batch):
            at = order[start : start + batch]
            vectors[at] = self.encode([texts[number] for number in at])
        return vectors

    def encode(self, texts: list[str]) -> np.ndarray:
        encoded = self.tokenizer.encode_batch(texts)
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        given = {name: value for name, value in given.items() if name in self.inputs}
        last = self.session.run(None, given)[0]
        mean = (last * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)


def definitions(wordnet: Path) -> list[str]:
    """Every definition and example sentence of three words and more, in an order without a pattern."""
    texts: list[str] = []
    for part in ("noun", "verb", "adj", "adv"):
        for line in (wordnet / f"data.{part}").read_text(encoding="utf8", errors="replace").splitlines():
            if line.startswith("  ") or "|" not in line:
                continue
            gloss = line.split("|", 1)[1]
            meanings = re.sub(r'"[^"]*"', "", gloss).split(";")
            texts += [text.strip(" ;\n") for text in meanings] + re.findall(r'"([^"]+)"', gloss)
    texts = list(dict.fromkeys(text for text in texts if len(text.split()) >= 3))
    random.Random(1).shuffle(texts)
    return texts


def questions(wordnet: Path, words: list[str]) -> list[str]:
    """What people ask about anything: the forms of `questions.txt`, filled with common words of WordNet."""
    common = set(words[:9000])

    def lemmas(part: str) -> list[str]:
        lines = (wordnet / f"index.{part}").read_text().splitlines()
        names = [line.split()[0] for line in lines if not line.startswith(" ")]
        return [name for name in names if name in common and len(name) > 2]

    choices = {"n": lemmas("noun"), "v": lemmas("verb"), "a": lemmas("adj")}
    draw = random.Random(7)
    forms = (Path(__file__).parent / "questions.txt").read_text().splitlines()
    filled = [
        re.sub(r"\{([nva])\}", lambda hole: draw.choice(choices[hole.group(1)]), form) for _ in range(450) for form in forms
    ]
    filled = list(dict.fromkeys(filled))
    draw.shuffle(filled)
    return filled


def fitted(words: list[str], of_words: np.ndarray, texts: list[str], of_texts: np.ndarray) -> np.ndarray:
    """The vectors whose sums over the words of each text are nearest to the text's own (ridge regression)."""
    number = {word: at for at, word in enumerate(words)}
    sample = np.random.RandomState(1).permutation(len(texts))[:SENTENCES // 3]
    middle = of_texts.mean(0)
    _, axes = np.linalg.eigh(np.cov((of_texts[sample] - middle).T))
    principal = axes[:, ::-1][:, :WIDTH]
    rows, columns, values, kept = [], [], [], []
    for at, text in enumerate(texts):
        known = [number[word] for word in re.findall("[a-z]+", text.lower().replace("'", "")) if word in number]
        if len(known) < 2:
            continue
        rows += [len(kept)] * len(known)
        columns += known
        values += [len(known) ** -0.5] * len(known)
        kept.append(at)
    design = csr_matrix((values, (rows, columns)), shape=(len(kept), len(words)))
    wanted = (of_texts[kept] - middle) @ principal
    prior = (of_words - of_words.mean(0)) @ principal
    left = design.T @ design + PRIOR * identity(len(words))
    right = design.T @ wanted + PRIOR * 0.5 * prior
    solve = lambda column: cg(left, right[:, column], x0=0.3 * prior[:, column], rtol=1e-3, maxiter=40)[0]
    return np.stack([solve(column) for column in range(WIDTH)], 1)


def write(out: Path, words: list[str], vectors: np.ndarray, lower_case: set[str]) -> None:
    """The words that are no mere names, in order, and a signed byte for each number of their vectors."""
    kept = sorted((at for at, word in enumerate(words) if word in lower_case and len(word) >= 2), key=lambda at: words[at])
    chosen = vectors[kept]
    scale = np.percentile(np.abs(chosen), 99.99)
    bytes_ = np.clip(np.round(chosen / scale * 127), -127, 127).astype(np.int8)
    (out / "vectors.txt").write_text("".join(words[at] + "\n" for at in kept))
    (out / "vectors.bin").write_bytes(bytes_.tobytes())
    print(f"{len(kept)} words, {bytes_.nbytes} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
