"""Is an agreement sound? One module per kind of check; ``domain.checks`` is the front door.

A check looks at a ``Draft`` and yields findings.  Words and patterns are data (``wording.toml``); no file is
read here.

What a rule may say depends on what it rests on.  A contradiction, or something forbidden that is really
written, is a fault or a warning.  What is merely absent is a hint, unless the clause was understood (who,
to whom, how much, by when) and the thing is missing in wording and list alike: a reader who misses a word
must not accuse.

========================  ==========================================================  ================
Checks                    Rest on                                                     Say
========================  ==========================================================  ================
people, wards, signing    what the records hold: birth dates, powers, signatures;     fault, warning
                          a death or an absence only where it is told as a fact
sums, arithmetic          numbers that exclude each other; a sum that the wording     fault, warning
                          does not repeat is a hint
timing                    days that exclude each other or that do not exist; a day    fault, warning
                          that the terms leave out is a hint
matched.people            a clause whose subject does what the list has another do    fault
worded.*, matched.*       a sum or an act that one of list and terms has and the      warning
                          other has not, where payer and payee, or doer and day,
                          are read
worded.no_amount          a promise to pay without a sum, where the list has none     warning, hint
                          between the two either
obligation.due            no day in the list: a fault only where the terms about it   fault, hint
                          say nothing of when either
obligation.place,         an empty field of the list                                  hint
method, account
obligation.standard       a result that is open, without any measure                  warning
names                     a side, name or body that is in no record and made to act   fault, warning
phrasing (wording.toml)   words that are really written                               as the table says
interest                  rates and charges above the cap, reckoned                   fault, warning
whole                     records that are lacking; somebody told to be left out      fault, warning
lonely                    a sum in a sentence of sums that nothing explains           warning
========================  ==========================================================  ================
"""
