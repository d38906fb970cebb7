-- One row per meeting. Who is in it is told apart, as digests, so that nobody's meetings are looked for by reading records.
create table meetings (
  id text not null,
  -- The id may be longer than an index takes.
  digest text primary key,
  version integer not null,
  -- As it is written in files: JSON, sealed where there is a key.
  record text not null,
  pending boolean not null,
  -- Whether a session runs, and how much remains to be shown.
  live boolean not null,
  owed integer not null,
  wake_at timestamptz,
  leaders text[] not null,
  people text[] not null,
  saved_at timestamptz not null,
  -- Changes once a day, so that a save touches no index.
  saved_on date not null
) with (fillfactor = 70);
create index meetings_pending on meetings (digest) where pending;
create index meetings_saved_on on meetings (saved_on);
create index meetings_leaders on meetings using gin (leaders) with (fastupdate = off);
create index meetings_people on meetings using gin (people) with (fastupdate = off);

-- The processes that serve these meetings, and when each last said that it lives.
create table instances (
  id text primary key,
  seen timestamptz not null,
  workers text[] not null
);

-- Who shows what there is to show of a meeting, and when what the platform put off may be tried again.
create table deliveries (
  digest text primary key,
  instance text,
  not_before timestamptz
);

-- What was dealt with already, and what one of the processes has in hand: nothing says yet that it is done.
create table heard (
  key text primary key,
  instance text not null,
  at timestamptz not null,
  done_at timestamptz
);
create index heard_at on heard (at);

-- What all processes must know alike.
create table settings (
  name text primary key,
  value text not null
);
