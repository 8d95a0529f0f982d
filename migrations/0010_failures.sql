-- What is counted is how often a message failed at its place; what whoever vanished began doesn't count.
alter table deliveries rename column attempts to failures;
