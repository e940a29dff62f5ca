"""The sample organization: Lanzhu Lighting, a small maker of desk lamps and chargers, with more than a year of past.

`people`, `organization` and the lives of documents are data; `story` makes of them one list of events, which `making` lets
happen in their order through the product's own verbs, each at its instant of the sample's clock (law L4).
"""
