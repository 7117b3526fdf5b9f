"""KoNLPy's taggers behind the Tokenizer seam, each in a process of its own, for most of them need a JVM.

tokenizer.py  cuts texts into segments that no tagger chokes on, and remembers what was made of them
process.py    the tagger's process: started, timed, killed and started again
child.py      what runs in there; the only place that imports KoNLPy
align.py      finds tokens in the text, which KoNLPy gives without their places
tags.py       from each tagger's tags to Sejong's, which the term cutter reads
"""
