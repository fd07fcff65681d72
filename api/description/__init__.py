"""What the service offers, in RDF: the service description, VoID, and the stock queries as examples."""
