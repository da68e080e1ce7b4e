-- Under which agreement a request was made and how many people it submitted; null where it names none, or does not say.
alter table request
    add column agreement             text,
    add column individuals_submitted int;
create index request_agreement on request (agreement, received_month) where agreement is not null;

-- Only entries know these of the requests that are registered already, so the register is folded anew. Its place is kept
-- twice: beside what is folded, and in Axon's token. Until it has caught up, look-ups find less than there is.
delete from request_reference;
delete from request;
delete from organisation;
delete from registered;
update projection set position = -1 where name = 'register';
delete from processor_token where processor = 'register';
