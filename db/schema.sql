CREATE SCHEMA base;

CREATE SCHEMA cases;

CREATE SCHEMA journal;

CREATE SCHEMA people;

CREATE SCHEMA places;

CREATE SCHEMA supervision;

CREATE FUNCTION base.area_clearance() RETURNS integer
    LANGUAGE sql STABLE
    AS $$ select coalesce(nullif(current_setting('app.area_clearance', true), '')::int, base.clearance()) $$;

CREATE FUNCTION base.areas() RETURNS text[]
    LANGUAGE sql STABLE
    AS $$ select string_to_array(coalesce(current_setting('app.areas', true), ''), ',') $$;

CREATE FUNCTION base.audits() RETURNS boolean
    LANGUAGE sql STABLE
    AS $$ select coalesce(current_setting('app.audits', true), '') = 'on' $$;

CREATE FUNCTION base.clearance() RETURNS integer
    LANGUAGE sql STABLE
    AS $$ select coalesce(nullif(current_setting('app.clearance', true), ''), '-1')::int $$;

CREATE FUNCTION base.orgs() RETURNS uuid[]
    LANGUAGE sql STABLE
    AS $$ select string_to_array(nullif(current_setting('app.orgs', true), ''), ',')::uuid[] $$;

CREATE FUNCTION base.tenant() RETURNS integer
    LANGUAGE sql STABLE
    AS $$ select nullif(current_setting('app.tenant', true), '')::int $$;

CREATE FUNCTION base.whole_city() RETURNS boolean
    LANGUAGE sql STABLE
    AS $$ select coalesce(current_setting('app.areas', true), '') = '*' $$;

CREATE FUNCTION cases.bound_to(org uuid) RETURNS TABLE(id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 200
    SET search_path TO 'pg_catalog'
    AS $$
    select p.id from cases.problem p where p.tenant = base.tenant() and p.secrecy <= base.clearance() and p.bound_orgs && array[org] $$;

CREATE FUNCTION cases.bound_to_me(orgs uuid[], most integer) RETURNS TABLE(id uuid, spot bigint, spot_x integer, spot_y integer, region text, town text, village text, state text, colour text, secrecy integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    select p.id, p.spot, p.spot_x, p.spot_y, p.region, p.town, p.village, p.state, p.colour, p.secrecy from cases.problem p
    where p.tenant = base.tenant() and p.secrecy <= base.clearance() and p.bound_orgs && orgs and p.bound_orgs && base.orgs() limit most $$;

CREATE FUNCTION cases.coarser_cell(cell bigint, level integer) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select (cell & ~(15::bigint << 52)) | (level::bigint << 52) | ((1::bigint << (3 * (15 - level))) - 1) $$;

CREATE FUNCTION cases.find_words(sought integer[], words text[], most integer) RETURNS TABLE(id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    select s.case_id from cases.search s where s.grams @> sought and s.tenant = base.tenant() and s.secrecy <= (select base.clearance())
  and ((s.secrecy <= (select base.area_clearance()) and ((select base.whole_city()) or s.region = any ((select base.areas())::text[])
    or s.town = any ((select base.areas())::text[]) or s.village = any ((select base.areas())::text[])))
  or s.bound_orgs && (select base.orgs())::uuid[])
    and not exists (select 1 from unnest(words) w where position(w in s.body) = 0) limit most $$;

CREATE FUNCTION cases.spot(place public.geometry) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select cases.spread(cases.spot_x(place)) | (cases.spread(cases.spot_y(place)) << 1) $$;

CREATE FUNCTION cases.spot_x(place public.geometry) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select least(67108863, greatest(0, floor((public.st_x(place) + 180) / 360 * 67108864)))::int $$;

CREATE FUNCTION cases.spot_y(place public.geometry) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select least(67108863, greatest(0, floor((0.5 - ln(tan(pi() / 4 + radians(least(85.05, greatest(-85.05, public.st_y(place)))) / 2)) / (2 * pi())) * 67108864)))::int $$;

CREATE FUNCTION cases.spread(n bigint) RETURNS bigint
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
    declare v bigint := n; begin v := (v | (v << 16)) & 281470681808895; v := (v | (v << 8)) & 71777214294589695; v := (v | (v << 4)) & 1085102592571150095; v := (v | (v << 2)) & 3689348814741910323; v := (v | (v << 1)) & 6148914691236517205; return v; end $$;

CREATE FUNCTION supervision.has_left(about uuid, since timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
  select exists (select 1 from supervision.item_case c join supervision.item i on i.tenant = c.tenant and i.id = c.item
    where c.tenant = base.tenant() and c.case_id = about and i.sent_at > since) $$;

CREATE TABLE base.delivery (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    channel text NOT NULL,
    target uuid NOT NULL,
    seq bigint NOT NULL,
    subject uuid,
    body jsonb NOT NULL,
    made_at timestamp(3) with time zone NOT NULL,
    status text DEFAULT 'waiting'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp(3) with time zone NOT NULL,
    tried_at timestamp(3) with time zone,
    code integer,
    error text,
    again_of uuid,
    CONSTRAINT delivery_channel_check CHECK ((channel = ANY (ARRAY['webhook'::text, 'wecom'::text, 'dingtalk'::text, 'mail'::text, 'sms'::text]))),
    CONSTRAINT delivery_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'sent'::text, 'given_up'::text])))
);

CREATE TABLE base.idempotency (
    tenant integer NOT NULL,
    account text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status integer,
    reply jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE base.number (
    tenant integer NOT NULL,
    year integer NOT NULL,
    name text NOT NULL,
    last integer NOT NULL
);

CREATE TABLE base.reader (
    tenant integer NOT NULL,
    name text NOT NULL,
    seq bigint NOT NULL
);

CREATE TABLE base.rule (
    tenant integer NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    value jsonb NOT NULL,
    source text NOT NULL,
    confidence text NOT NULL,
    confirmed_by text,
    CONSTRAINT rule_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
    CONSTRAINT rule_confidence_check CHECK ((confidence = ANY (ARRAY['V'::text, 'M'::text, 'S'::text, 'O'::text, 'D'::text])))
);

CREATE TABLE base.throttle (
    tenant integer NOT NULL,
    key text NOT NULL,
    failures integer NOT NULL,
    window_start timestamp with time zone NOT NULL
);

CREATE TABLE cases.colour_snapshot (
    tenant integer NOT NULL,
    month text NOT NULL,
    case_id uuid NOT NULL,
    colour text NOT NULL,
    manual boolean NOT NULL,
    why jsonb NOT NULL,
    region text NOT NULL,
    CONSTRAINT colour_snapshot_colour_check CHECK ((colour = ANY (ARRAY['green'::text, 'yellow'::text, 'red'::text]))),
    CONSTRAINT colour_snapshot_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text))
);

CREATE TABLE cases.frozen_month (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    month text NOT NULL,
    frozen_at timestamp(3) with time zone NOT NULL,
    hash text,
    CONSTRAINT frozen_month_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text))
);

CREATE TABLE cases.letter (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    kind text NOT NULL,
    year integer NOT NULL,
    serial integer NOT NULL,
    number text NOT NULL,
    title text NOT NULL,
    document jsonb NOT NULL,
    template integer NOT NULL,
    docx text NOT NULL,
    pdf text NOT NULL,
    by jsonb NOT NULL,
    at timestamp(3) with time zone NOT NULL,
    CONSTRAINT letter_serial_check CHECK ((serial > 0))
);

CREATE TABLE cases.meeting (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    held_on date NOT NULL,
    place text NOT NULL,
    chair text NOT NULL,
    attendees text[] NOT NULL,
    minutes text NOT NULL,
    size integer NOT NULL,
    closed_at timestamp(3) with time zone,
    closed_by jsonb,
    CONSTRAINT meeting_version_check CHECK ((version > 0))
);

CREATE TABLE cases.meeting_item (
    tenant integer NOT NULL,
    meeting uuid NOT NULL,
    case_id uuid NOT NULL,
    place integer NOT NULL,
    state text NOT NULL,
    decision text,
    words text,
    CONSTRAINT meeting_item_decision_check CHECK ((decision = ANY (ARRAY['accept'::text, 'reject'::text, 'postpone'::text])))
);

CREATE TABLE cases.problem (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    no text NOT NULL,
    version integer NOT NULL,
    path text NOT NULL,
    source text NOT NULL,
    state text NOT NULL,
    outcome text,
    title text NOT NULL,
    region text NOT NULL,
    town text,
    village text,
    geom public.geometry(Point,4326),
    category text,
    pollution text[] NOT NULL,
    secrecy integer NOT NULL,
    reported_on date NOT NULL,
    due date,
    closed_on date,
    public_from date,
    bound_orgs uuid[] NOT NULL,
    batch text,
    original_no text,
    source_key text,
    incomplete boolean NOT NULL,
    sample boolean NOT NULL,
    colour text DEFAULT 'green'::text NOT NULL,
    colour_why jsonb DEFAULT '[]'::jsonb NOT NULL,
    colour_on date,
    doc jsonb NOT NULL,
    spot_x integer GENERATED ALWAYS AS (cases.spot_x(geom)) STORED,
    spot_y integer GENERATED ALWAYS AS (cases.spot_y(geom)) STORED,
    spot bigint GENERATED ALWAYS AS (cases.spot(geom)) STORED,
    begun_on text GENERATED ALWAYS AS (COALESCE((doc #>> '{imported,on}'::text[]), (doc ->> 'reportedOn'::text))) STORED,
    clock_due date GENERATED ALWAYS AS (
CASE
    WHEN ((doc #> '{clocks,case}'::text[]) IS NOT NULL) THEN due
    ELSE NULL::date
END) STORED,
    clock_met text GENERATED ALWAYS AS ((doc #>> '{clocks,case,stopped}'::text[])) STORED,
    reopened boolean GENERATED ALWAYS AS ((((doc -> 'reopenings'::text) -> 0) IS NOT NULL)) STORED,
    rebound boolean GENERATED ALWAYS AS (COALESCE(((((doc -> 'reopenings'::text) -> '-1'::integer) ->> 'rebound'::text) = 'true'::text), false)) STORED,
    recheck_due text GENERATED ALWAYS AS (
CASE
    WHEN (state = 'closed'::text) THEN (doc #>> '{recheck,due}'::text[])
    ELSE NULL::text
END) STORED,
    reminded boolean GENERATED ALWAYS AS (jsonb_path_exists(doc, '$."reminders"[*]?(!(exists (@."acknowledged")))'::jsonpath)) STORED,
    course_state text,
    course_since date,
    course_gaps jsonb,
    unit uuid,
    cell bigint,
    dispatches smallint,
    returns smallint,
    accepts smallint,
    rejects smallint,
    windows smallint,
    objections smallint,
    closures smallint,
    rebounds smallint,
    natural_days smallint[],
    working_days smallint[],
    suspended_days smallint[],
    enterprise text GENERATED ALWAYS AS (NULLIF(btrim((doc ->> 'enterprise'::text)), ''::text)) STORED,
    responsible_org text GENERATED ALWAYS AS ((jsonb_path_query_first(doc, '$."duties"[*]?(@."as" == "responsible")."org"'::jsonpath) #>> '{}'::text[])) STORED,
    merged_into text GENERATED ALWAYS AS ((doc #>> '{links,mergedInto}'::text[])) STORED,
    rebound_of text GENERATED ALWAYS AS ((doc #>> '{links,reboundOf}'::text[])) STORED,
    inferred_from text GENERATED ALWAYS AS ((doc #>> '{links,inferredFrom}'::text[])) STORED,
    CONSTRAINT problem_check CHECK (((state <> 'closed'::text) OR (closed_on IS NOT NULL))),
    CONSTRAINT problem_colour_check CHECK ((colour = ANY (ARRAY['green'::text, 'yellow'::text, 'red'::text]))),
    CONSTRAINT problem_outcome_check CHECK ((outcome = ANY (ARRAY['rectified'::text, 'unfounded'::text, 'declined'::text, 'merged'::text, 'transferred'::text]))),
    CONSTRAINT problem_path_check CHECK ((path = ANY (ARRAY['inspection'::text, 'petition'::text, 'complaint'::text, 'patrol'::text, 'lead'::text]))),
    CONSTRAINT problem_secrecy_check CHECK (((secrecy >= 0) AND (secrecy <= 3))),
    CONSTRAINT problem_state_check CHECK ((state = ANY (ARRAY['reported'::text, 'triaged'::text, 'assigned'::text, 'returned'::text, 'signed'::text, 'plan_submitted'::text, 'rectifying'::text, 'self_checked'::text, 'county_accepted'::text, 'city_accepted'::text, 'publicising'::text, 'objected'::text, 'filed'::text, 'closed'::text, 'declined'::text, 'merged'::text, 'unfounded'::text, 'transferred'::text]))),
    CONSTRAINT problem_version_check CHECK ((version > 0))
);

CREATE TABLE cases.saved_view (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    account text NOT NULL,
    author text NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    filters jsonb NOT NULL,
    sort text NOT NULL,
    columns text[] NOT NULL,
    shared_with uuid,
    first boolean NOT NULL
);

CREATE TABLE cases.sealed (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    box bytea NOT NULL
);

CREATE TABLE cases.search (
    tenant integer NOT NULL,
    case_id uuid NOT NULL,
    region text NOT NULL,
    town text,
    village text,
    secrecy integer NOT NULL,
    bound_orgs uuid[] NOT NULL,
    body text NOT NULL,
    grams integer[] NOT NULL
)
WITH (fillfactor='85');

CREATE TABLE cases.spot_change (
    tenant integer NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    sign integer NOT NULL,
    spot bigint,
    x integer,
    y integer,
    region text NOT NULL,
    state text NOT NULL,
    colour text NOT NULL,
    secrecy integer NOT NULL,
    CONSTRAINT spot_change_sign_check CHECK ((sign = ANY (ARRAY['-1'::integer, 1])))
);

CREATE TABLE cases.spot_count (
    tenant integer NOT NULL,
    level integer NOT NULL,
    cell bigint NOT NULL,
    region text NOT NULL,
    state text NOT NULL,
    colour text NOT NULL,
    secrecy integer NOT NULL,
    n bigint NOT NULL,
    sum_x bigint NOT NULL,
    sum_y bigint NOT NULL
);

CREATE TABLE cases.turn (
    tenant integer NOT NULL,
    case_id uuid NOT NULL,
    turn text NOT NULL,
    org text NOT NULL,
    region text NOT NULL,
    town text,
    village text,
    secrecy integer NOT NULL,
    bound_orgs uuid[] NOT NULL,
    rank integer NOT NULL,
    due date NOT NULL,
    since date NOT NULL,
    not_accounts text[] NOT NULL,
    not_orgs text[] NOT NULL,
    CONSTRAINT turn_rank_check CHECK (((rank >= 0) AND (rank <= 2)))
);

CREATE TABLE journal.event (
    tenant integer NOT NULL,
    seq bigint NOT NULL,
    context text NOT NULL,
    subject uuid NOT NULL,
    subject_seq integer NOT NULL,
    kind text NOT NULL,
    at timestamp(3) with time zone NOT NULL,
    by jsonb NOT NULL,
    data jsonb NOT NULL,
    leaf bytea NOT NULL
);

CREATE TABLE journal.head (
    tenant integer NOT NULL,
    size bigint NOT NULL,
    frontier bytea NOT NULL,
    hash text DEFAULT 'sha256'::text NOT NULL,
    CONSTRAINT head_hash_check CHECK ((hash = ANY (ARRAY['sha256'::text, 'sm3'::text])))
);

CREATE VIEW journal.trail WITH (security_barrier='true') AS
 SELECT event.seq,
    event.at,
    event.context,
    event.subject,
    event.subject_seq,
    event.kind,
    (event.by ->> 'account'::text) AS account,
    (event.by ->> 'name'::text) AS name,
    (event.by ->> 'role'::text) AS role,
    (event.by ->> 'title'::text) AS title
   FROM journal.event
  WHERE ((event.tenant = base.tenant()) AND ( SELECT base.audits() AS audits));

CREATE TABLE people.access (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    at timestamp(3) with time zone NOT NULL,
    kind text NOT NULL,
    account uuid,
    token uuid,
    source text NOT NULL,
    what text DEFAULT ''::text NOT NULL
);

CREATE TABLE people.account (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    username text NOT NULL,
    name text NOT NULL,
    clearance integer DEFAULT 1 NOT NULL,
    sample boolean DEFAULT false NOT NULL,
    disabled_on date,
    version integer DEFAULT 1 NOT NULL,
    read_only boolean DEFAULT false NOT NULL,
    valid_from date,
    valid_to date,
    left_on date,
    CONSTRAINT account_clearance_check CHECK (((clearance >= 0) AND (clearance <= 3))),
    CONSTRAINT account_window CHECK ((valid_to >= valid_from))
);

CREATE TABLE people.contact (
    tenant integer NOT NULL,
    account uuid NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    since timestamp(3) with time zone NOT NULL,
    CONSTRAINT contact_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'sms'::text])))
);

CREATE TABLE people.credential (
    tenant integer NOT NULL,
    account uuid NOT NULL,
    hash text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    must_change boolean DEFAULT false NOT NULL
);

CREATE TABLE people.duty (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    post uuid NOT NULL,
    stand_in_post uuid,
    area text NOT NULL,
    from_day date NOT NULL,
    to_day date,
    CONSTRAINT duty_check CHECK ((stand_in_post IS DISTINCT FROM post))
);

CREATE TABLE people.holding (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    post uuid NOT NULL,
    account uuid NOT NULL,
    stand_in boolean DEFAULT false NOT NULL,
    from_day date NOT NULL,
    to_day date,
    handed_to uuid,
    CONSTRAINT holding_check CHECK (((to_day IS NULL) OR (to_day >= from_day)))
);

CREATE TABLE people.notice (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    account uuid NOT NULL,
    context text NOT NULL,
    subject uuid NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    words jsonb NOT NULL,
    at timestamp(3) with time zone NOT NULL,
    read_at timestamp(3) with time zone
);

CREATE TABLE people.organisation (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    area text NOT NULL,
    parent uuid,
    closed_on date,
    version integer DEFAULT 1 NOT NULL,
    merged_into uuid
);

CREATE TABLE people.post (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    org uuid NOT NULL,
    title text NOT NULL,
    role text NOT NULL,
    area text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    closed_on date
);

CREATE TABLE people.session (
    tenant integer NOT NULL,
    token_hash bytea NOT NULL,
    account uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    idle_minutes integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE people.token (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    account uuid NOT NULL,
    name text NOT NULL,
    token_hash bytea NOT NULL,
    scopes text[] NOT NULL,
    read_only boolean NOT NULL,
    expires_on date,
    created_at timestamp(3) with time zone NOT NULL,
    revoked_at timestamp(3) with time zone,
    seen_at timestamp(3) with time zone,
    version integer DEFAULT 1 NOT NULL
);

CREATE TABLE places.area (
    tenant integer NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    parent text,
    CONSTRAINT area_level_check CHECK ((level = ANY (ARRAY['city'::text, 'county'::text, 'zone'::text, 'township'::text, 'village'::text])))
);

CREATE TABLE places.area_closure (
    tenant integer NOT NULL,
    ancestor text NOT NULL,
    descendant text NOT NULL,
    depth integer NOT NULL
);

CREATE TABLE places.boundary (
    tenant integer NOT NULL,
    code text NOT NULL,
    geom public.geometry(MultiPolygon,4326) NOT NULL,
    source text NOT NULL
);

CREATE TABLE places.layer (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    current boolean DEFAULT false NOT NULL,
    file_name text NOT NULL,
    file_sha text,
    crs_said text,
    layer_said text,
    source text DEFAULT ''::text NOT NULL,
    dated date,
    format text,
    crs jsonb,
    features integer DEFAULT 0 NOT NULL,
    vertices integer DEFAULT 0 NOT NULL,
    repaired integer DEFAULT 0 NOT NULL,
    left_out integer DEFAULT 0 NOT NULL,
    bbox double precision[],
    raster jsonb,
    report jsonb DEFAULT '{}'::jsonb NOT NULL,
    progress jsonb,
    created_at timestamp with time zone NOT NULL,
    created_by text NOT NULL,
    loaded_at timestamp with time zone,
    removed_at timestamp with time zone,
    removed_by text,
    CONSTRAINT layer_check CHECK (((NOT current) OR ((state = 'loaded'::text) AND (removed_at IS NULL)))),
    CONSTRAINT layer_check1 CHECK (((raster IS NULL) OR (kind = 'elevation'::text))),
    CONSTRAINT layer_kind_check CHECK ((kind = ANY (ARRAY['ecological_redline'::text, 'national_park'::text, 'national_park_general'::text, 'nature_reserve_core'::text, 'nature_reserve_general'::text, 'heritage'::text, 'water_source_1'::text, 'water_source_2'::text, 'water_source_quasi'::text, 'scenic_area'::text, 'geo_park'::text, 'forest_park'::text, 'wetland_park'::text, 'botanical_garden'::text, 'water_scenic_area'::text, 'germplasm_reserve'::text, 'wild_plant_habitat'::text, 'species_habitat'::text, 'natural_forest'::text, 'important_wetland'::text, 'reservoir_lake'::text, 'relic'::text, 'main_ridge'::text, 'branch_ridge'::text, 'qinling_line'::text, 'urban_boundary'::text, 'elevation_2000'::text, 'elevation_1500'::text, 'elevation'::text, 'control_unit'::text, 'permit'::text, 'basic_farmland'::text, 'other'::text]))),
    CONSTRAINT layer_name_check CHECK ((name <> ''::text)),
    CONSTRAINT layer_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'loaded'::text, 'refused'::text]))),
    CONSTRAINT layer_version_check CHECK ((version > 0))
);

CREATE TABLE places.layer_feature (
    tenant integer NOT NULL,
    layer uuid NOT NULL,
    n integer NOT NULL,
    name text NOT NULL,
    attributes jsonb NOT NULL,
    valid_from date,
    valid_to date,
    area_m2 double precision NOT NULL,
    geom public.geometry(Geometry,4326) NOT NULL
);

CREATE TABLE places.layer_part (
    tenant integer NOT NULL,
    layer uuid NOT NULL,
    n integer NOT NULL,
    part integer NOT NULL,
    kind text NOT NULL,
    geom public.geometry(Geometry,4326) NOT NULL
);

CREATE TABLE supervision.item (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    region text NOT NULL,
    org uuid NOT NULL,
    secrecy integer NOT NULL,
    year integer,
    number integer,
    drafted_on date NOT NULL,
    sent_at timestamp(3) with time zone,
    due date,
    doc jsonb NOT NULL,
    CONSTRAINT item_check CHECK ((((sent_at IS NULL) = (number IS NULL)) AND ((number IS NULL) = (year IS NULL)))),
    CONSTRAINT item_check1 CHECK (((state <> ALL (ARRAY['sent'::text, 'answered'::text, 'accepted'::text, 'not_accepted'::text, 'lifted'::text])) OR (sent_at IS NOT NULL))),
    CONSTRAINT item_check2 CHECK (((state <> ALL (ARRAY['draft'::text, 'reviewed'::text, 'signed'::text, 'withdrawn'::text])) OR (sent_at IS NULL))),
    CONSTRAINT item_kind_check CHECK ((kind = ANY (ARRAY['reminder'::text, 'supervision'::text, 'listed'::text, 'circular'::text, 'interview'::text, 'referral'::text]))),
    CONSTRAINT item_secrecy_check CHECK (((secrecy >= 0) AND (secrecy <= 3))),
    CONSTRAINT item_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'reviewed'::text, 'signed'::text, 'sent'::text, 'answered'::text, 'accepted'::text, 'not_accepted'::text, 'lifted'::text, 'withdrawn'::text]))),
    CONSTRAINT item_version_check CHECK ((version > 0))
);

CREATE TABLE supervision.item_case (
    tenant integer NOT NULL,
    item uuid NOT NULL,
    case_id uuid NOT NULL,
    kind text NOT NULL,
    open boolean NOT NULL
);

CREATE TABLE supervision.scored (
    tenant integer NOT NULL,
    month text NOT NULL,
    case_id uuid NOT NULL,
    region text NOT NULL,
    org uuid,
    org_name text,
    colour text NOT NULL,
    manual boolean NOT NULL,
    secrecy integer NOT NULL,
    CONSTRAINT scored_colour_check CHECK ((colour = ANY (ARRAY['green'::text, 'yellow'::text, 'red'::text])))
);

ALTER TABLE ONLY base.delivery
    ADD CONSTRAINT delivery_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY base.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (tenant, account, key);

ALTER TABLE ONLY base.number
    ADD CONSTRAINT number_pkey PRIMARY KEY (tenant, year, name);

ALTER TABLE ONLY base.reader
    ADD CONSTRAINT reader_pkey PRIMARY KEY (tenant, name);

ALTER TABLE ONLY base.rule
    ADD CONSTRAINT rule_pkey PRIMARY KEY (tenant, kind, key, valid_from);

ALTER TABLE ONLY base.throttle
    ADD CONSTRAINT throttle_pkey PRIMARY KEY (tenant, key);

ALTER TABLE ONLY cases.colour_snapshot
    ADD CONSTRAINT colour_snapshot_pkey PRIMARY KEY (tenant, month, case_id);

ALTER TABLE ONLY cases.frozen_month
    ADD CONSTRAINT frozen_month_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY cases.frozen_month
    ADD CONSTRAINT frozen_month_tenant_month_key UNIQUE (tenant, month);

ALTER TABLE ONLY cases.letter
    ADD CONSTRAINT letter_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY cases.letter
    ADD CONSTRAINT letter_tenant_kind_year_serial_key UNIQUE (tenant, kind, year, serial);

ALTER TABLE ONLY cases.meeting_item
    ADD CONSTRAINT meeting_item_pkey PRIMARY KEY (tenant, meeting, case_id);

ALTER TABLE ONLY cases.meeting
    ADD CONSTRAINT meeting_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY cases.problem
    ADD CONSTRAINT problem_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY cases.problem
    ADD CONSTRAINT problem_tenant_no_key UNIQUE (tenant, no);

ALTER TABLE ONLY cases.problem
    ADD CONSTRAINT problem_tenant_source_key_key UNIQUE (tenant, source_key);

ALTER TABLE ONLY cases.saved_view
    ADD CONSTRAINT saved_view_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY cases.sealed
    ADD CONSTRAINT sealed_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY cases.search
    ADD CONSTRAINT search_pkey PRIMARY KEY (tenant, case_id);

ALTER TABLE ONLY cases.spot_change
    ADD CONSTRAINT spot_change_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY cases.spot_count
    ADD CONSTRAINT spot_count_pkey PRIMARY KEY (tenant, level, cell, region, state, colour, secrecy);

ALTER TABLE ONLY cases.turn
    ADD CONSTRAINT turn_pkey PRIMARY KEY (tenant, case_id, turn, org);

ALTER TABLE ONLY journal.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (tenant, seq);

ALTER TABLE ONLY journal.event
    ADD CONSTRAINT event_tenant_context_subject_subject_seq_key UNIQUE (tenant, context, subject, subject_seq);

ALTER TABLE ONLY journal.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (tenant);

ALTER TABLE ONLY people.access
    ADD CONSTRAINT access_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.account
    ADD CONSTRAINT account_tenant_username_key UNIQUE (tenant, username);

ALTER TABLE ONLY people.contact
    ADD CONSTRAINT contact_pkey PRIMARY KEY (tenant, account, channel);

ALTER TABLE ONLY people.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (tenant, account);

ALTER TABLE ONLY people.duty
    ADD CONSTRAINT duty_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.holding
    ADD CONSTRAINT holding_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.notice
    ADD CONSTRAINT notice_tenant_account_subject_kind_seq_key UNIQUE (tenant, account, subject, kind, seq);

ALTER TABLE ONLY people.organisation
    ADD CONSTRAINT organisation_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.organisation
    ADD CONSTRAINT organisation_tenant_name_key UNIQUE (tenant, name);

ALTER TABLE ONLY people.post
    ADD CONSTRAINT post_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (tenant, token_hash);

ALTER TABLE ONLY people.token
    ADD CONSTRAINT token_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.token
    ADD CONSTRAINT token_tenant_token_hash_key UNIQUE (tenant, token_hash);

ALTER TABLE ONLY places.area_closure
    ADD CONSTRAINT area_closure_pkey PRIMARY KEY (tenant, ancestor, descendant);

ALTER TABLE ONLY places.area
    ADD CONSTRAINT area_pkey PRIMARY KEY (tenant, code);

ALTER TABLE ONLY places.boundary
    ADD CONSTRAINT boundary_pkey PRIMARY KEY (tenant, code);

ALTER TABLE ONLY places.layer_feature
    ADD CONSTRAINT layer_feature_pkey PRIMARY KEY (tenant, layer, n);

ALTER TABLE ONLY places.layer_part
    ADD CONSTRAINT layer_part_pkey PRIMARY KEY (tenant, layer, n, part);

ALTER TABLE ONLY places.layer
    ADD CONSTRAINT layer_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY places.layer
    ADD CONSTRAINT layer_tenant_name_version_key UNIQUE (tenant, name, version);

ALTER TABLE ONLY supervision.item_case
    ADD CONSTRAINT item_case_pkey PRIMARY KEY (tenant, item, case_id);

ALTER TABLE ONLY supervision.item
    ADD CONSTRAINT item_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY supervision.item
    ADD CONSTRAINT item_tenant_kind_year_number_key UNIQUE (tenant, kind, year, number);

ALTER TABLE ONLY supervision.scored
    ADD CONSTRAINT scored_pkey PRIMARY KEY (tenant, month, case_id);

CREATE INDEX delivery_due ON base.delivery USING btree (tenant, next_at) WHERE (status = 'waiting'::text);

CREATE INDEX delivery_log ON base.delivery USING btree (tenant, target, made_at DESC, id DESC);

CREATE UNIQUE INDEX delivery_once ON base.delivery USING btree (tenant, channel, target, seq, subject) WHERE (again_of IS NULL);

CREATE INDEX idempotency_age ON base.idempotency USING btree (created_at);

CREATE INDEX letter_case ON cases.letter USING btree (tenant, case_id, at);

CREATE INDEX meeting_day ON cases.meeting USING btree (tenant, held_on DESC, id DESC);

CREATE INDEX problem_batch ON cases.problem USING btree (tenant, batch, reported_on DESC, id DESC) WHERE (batch IS NOT NULL);

CREATE INDEX problem_behind ON cases.problem USING btree (tenant, id) WHERE (course_state IS DISTINCT FROM state);

CREATE INDEX problem_category ON cases.problem USING btree (tenant, category, reported_on DESC, id DESC);

CREATE INDEX problem_cell ON cases.problem USING btree (tenant, cell) WHERE (cell IS NOT NULL);

CREATE INDEX problem_colour ON cases.problem USING btree (tenant, colour, reported_on DESC, id DESC);

CREATE INDEX problem_due ON cases.problem USING btree (tenant, (
CASE
    WHEN (due IS NULL) THEN '9999-12-31'::date
    ELSE due
END), id);

CREATE INDEX problem_enterprise ON cases.problem USING btree (tenant, enterprise, reported_on DESC, id DESC) WHERE (enterprise IS NOT NULL);

CREATE INDEX problem_geom ON cases.problem USING gist (geom);

CREATE INDEX problem_incomplete ON cases.problem USING btree (tenant, reported_on DESC, id DESC) WHERE incomplete;

CREATE INDEX problem_inferred_from ON cases.problem USING btree (tenant, inferred_from, reported_on DESC, id DESC) WHERE (inferred_from IS NOT NULL);

CREATE INDEX problem_list ON cases.problem USING btree (tenant, reported_on DESC, id DESC);

CREATE INDEX problem_merged_into ON cases.problem USING btree (tenant, merged_into, reported_on DESC, id DESC) WHERE (merged_into IS NOT NULL);

CREATE INDEX problem_orgs ON cases.problem USING gin (bound_orgs);

CREATE INDEX problem_rebound_of ON cases.problem USING btree (tenant, rebound_of, reported_on DESC, id DESC) WHERE (rebound_of IS NOT NULL);

CREATE INDEX problem_recheck ON cases.problem USING btree (tenant, recheck_due) WHERE (recheck_due IS NOT NULL);

CREATE INDEX problem_region ON cases.problem USING btree (tenant, region, reported_on DESC, id DESC);

CREATE INDEX problem_region_state ON cases.problem USING btree (tenant, region, state, reported_on DESC, id DESC);

CREATE INDEX problem_reminded ON cases.problem USING btree (tenant, reported_on DESC, id DESC) WHERE reminded;

CREATE INDEX problem_responsible ON cases.problem USING btree (tenant, responsible_org, reported_on DESC, id DESC) WHERE (responsible_org IS NOT NULL);

CREATE INDEX problem_source ON cases.problem USING btree (tenant, source, reported_on DESC, id DESC);

CREATE INDEX problem_spot ON cases.problem USING btree (tenant, spot) INCLUDE (spot_x, spot_y, region, town, village, secrecy, bound_orgs, state, colour, category, path) WHERE (spot IS NOT NULL);

CREATE INDEX problem_state ON cases.problem USING btree (tenant, state, reported_on DESC, id DESC);

CREATE INDEX problem_town ON cases.problem USING btree (tenant, town, reported_on DESC, id DESC) WHERE (town IS NOT NULL);

CREATE INDEX problem_unit ON cases.problem USING btree (tenant, unit, reported_on DESC, id DESC) WHERE (unit IS NOT NULL);

CREATE INDEX problem_urgency ON cases.problem USING btree (tenant, (
CASE
    WHEN (state = ANY (ARRAY['closed'::text, 'declined'::text, 'merged'::text, 'unfounded'::text, 'transferred'::text])) THEN 3
    WHEN (colour = 'red'::text) THEN 0
    WHEN (colour = 'yellow'::text) THEN 1
    ELSE 2
END), (
CASE
    WHEN (due IS NULL) THEN '9999-12-31'::date
    ELSE due
END), id);

CREATE INDEX problem_village ON cases.problem USING btree (tenant, village, reported_on DESC, id DESC) WHERE (village IS NOT NULL);

CREATE INDEX saved_view_account ON cases.saved_view USING btree (tenant, account);

CREATE INDEX saved_view_shared ON cases.saved_view USING btree (tenant, shared_with) WHERE (shared_with IS NOT NULL);

CREATE INDEX search_grams ON cases.search USING gin (grams);

CREATE INDEX snapshot_case ON cases.colour_snapshot USING btree (tenant, case_id, month);

CREATE INDEX spot_change_spot ON cases.spot_change USING btree (tenant, spot);

CREATE INDEX spot_count_empty ON cases.spot_count USING btree (tenant) WHERE (n = 0);

CREATE INDEX turn_org ON cases.turn USING btree (tenant, org, turn, rank, due, case_id);

CREATE INDEX turn_region ON cases.turn USING btree (tenant, region, turn, rank, due, case_id) WHERE (org = ''::text);

CREATE INDEX turn_town ON cases.turn USING btree (tenant, town, turn) WHERE ((org = ''::text) AND (town IS NOT NULL));

CREATE INDEX turn_village ON cases.turn USING btree (tenant, village, turn) WHERE ((org = ''::text) AND (village IS NOT NULL));

CREATE INDEX event_at ON journal.event USING btree (tenant, at DESC, seq DESC);

CREATE INDEX event_by ON journal.event USING btree (tenant, ((by ->> 'account'::text)), at DESC, seq DESC);

CREATE INDEX access_account ON people.access USING btree (tenant, account, at DESC, id DESC);

CREATE INDEX access_at ON people.access USING btree (tenant, at DESC, id DESC);

CREATE INDEX holding_account ON people.holding USING btree (tenant, account);

CREATE UNIQUE INDEX holding_main ON people.holding USING btree (tenant, post) WHERE ((to_day IS NULL) AND (NOT stand_in));

CREATE UNIQUE INDEX holding_stand_in ON people.holding USING btree (tenant, post) WHERE ((to_day IS NULL) AND stand_in);

CREATE INDEX notice_inbox ON people.notice USING btree (tenant, account, at DESC, id DESC);

CREATE INDEX notice_subject ON people.notice USING btree (tenant, subject, at DESC);

CREATE INDEX notice_unread ON people.notice USING btree (tenant, account) WHERE (read_at IS NULL);

CREATE INDEX session_account ON people.session USING btree (tenant, account);

CREATE INDEX token_account ON people.token USING btree (tenant, account);

CREATE INDEX area_closure_up ON places.area_closure USING btree (tenant, descendant);

CREATE INDEX area_parent ON places.area USING btree (tenant, parent);

CREATE INDEX boundary_geom ON places.boundary USING gist (geom);

CREATE UNIQUE INDEX layer_current ON places.layer USING btree (tenant, name) WHERE current;

CREATE INDEX layer_feature_geom ON places.layer_feature USING gist (geom);

CREATE INDEX layer_kind ON places.layer USING btree (tenant, kind) WHERE current;

CREATE INDEX layer_part_geom ON places.layer_part USING gist (geom);

CREATE INDEX item_case_of ON supervision.item_case USING btree (tenant, case_id);

CREATE UNIQUE INDEX item_case_open ON supervision.item_case USING btree (tenant, case_id, kind) WHERE open;

CREATE INDEX item_list ON supervision.item USING btree (tenant, drafted_on DESC, id DESC);

CREATE INDEX item_org ON supervision.item USING btree (tenant, org, drafted_on DESC, id DESC);

CREATE INDEX item_region ON supervision.item USING btree (tenant, region, drafted_on DESC, id DESC);

CREATE INDEX item_state ON supervision.item USING btree (tenant, state, drafted_on DESC, id DESC);

ALTER TABLE ONLY cases.colour_snapshot
    ADD CONSTRAINT colour_snapshot_tenant_case_id_fkey FOREIGN KEY (tenant, case_id) REFERENCES cases.problem(tenant, id);

ALTER TABLE ONLY cases.letter
    ADD CONSTRAINT letter_tenant_case_id_fkey FOREIGN KEY (tenant, case_id) REFERENCES cases.problem(tenant, id);

ALTER TABLE ONLY cases.meeting_item
    ADD CONSTRAINT meeting_item_tenant_case_id_fkey FOREIGN KEY (tenant, case_id) REFERENCES cases.problem(tenant, id);

ALTER TABLE ONLY cases.meeting_item
    ADD CONSTRAINT meeting_item_tenant_meeting_fkey FOREIGN KEY (tenant, meeting) REFERENCES cases.meeting(tenant, id);

ALTER TABLE ONLY cases.problem
    ADD CONSTRAINT problem_tenant_region_fkey FOREIGN KEY (tenant, region) REFERENCES places.area(tenant, code);

ALTER TABLE ONLY cases.problem
    ADD CONSTRAINT problem_tenant_town_fkey FOREIGN KEY (tenant, town) REFERENCES places.area(tenant, code);

ALTER TABLE ONLY cases.problem
    ADD CONSTRAINT problem_tenant_village_fkey FOREIGN KEY (tenant, village) REFERENCES places.area(tenant, code);

ALTER TABLE ONLY cases.sealed
    ADD CONSTRAINT sealed_tenant_case_id_fkey FOREIGN KEY (tenant, case_id) REFERENCES cases.problem(tenant, id);

ALTER TABLE ONLY cases.search
    ADD CONSTRAINT search_tenant_case_id_fkey FOREIGN KEY (tenant, case_id) REFERENCES cases.problem(tenant, id);

ALTER TABLE ONLY cases.turn
    ADD CONSTRAINT turn_tenant_case_id_fkey FOREIGN KEY (tenant, case_id) REFERENCES cases.problem(tenant, id);

ALTER TABLE ONLY people.access
    ADD CONSTRAINT access_tenant_account_fkey FOREIGN KEY (tenant, account) REFERENCES people.account(tenant, id);

ALTER TABLE ONLY people.contact
    ADD CONSTRAINT contact_tenant_account_fkey FOREIGN KEY (tenant, account) REFERENCES people.account(tenant, id);

ALTER TABLE ONLY people.credential
    ADD CONSTRAINT credential_tenant_account_fkey FOREIGN KEY (tenant, account) REFERENCES people.account(tenant, id);

ALTER TABLE ONLY people.duty
    ADD CONSTRAINT duty_tenant_area_fkey FOREIGN KEY (tenant, area) REFERENCES places.area(tenant, code);

ALTER TABLE ONLY people.duty
    ADD CONSTRAINT duty_tenant_post_fkey FOREIGN KEY (tenant, post) REFERENCES people.post(tenant, id);

ALTER TABLE ONLY people.duty
    ADD CONSTRAINT duty_tenant_stand_in_post_fkey FOREIGN KEY (tenant, stand_in_post) REFERENCES people.post(tenant, id);

ALTER TABLE ONLY people.holding
    ADD CONSTRAINT holding_tenant_account_fkey FOREIGN KEY (tenant, account) REFERENCES people.account(tenant, id);

ALTER TABLE ONLY people.holding
    ADD CONSTRAINT holding_tenant_handed_to_fkey FOREIGN KEY (tenant, handed_to) REFERENCES people.account(tenant, id);

ALTER TABLE ONLY people.holding
    ADD CONSTRAINT holding_tenant_post_fkey FOREIGN KEY (tenant, post) REFERENCES people.post(tenant, id);

ALTER TABLE ONLY people.notice
    ADD CONSTRAINT notice_tenant_account_fkey FOREIGN KEY (tenant, account) REFERENCES people.account(tenant, id);

ALTER TABLE ONLY people.organisation
    ADD CONSTRAINT organisation_merged_into FOREIGN KEY (tenant, merged_into) REFERENCES people.organisation(tenant, id);

ALTER TABLE ONLY people.organisation
    ADD CONSTRAINT organisation_tenant_area_fkey FOREIGN KEY (tenant, area) REFERENCES places.area(tenant, code);

ALTER TABLE ONLY people.organisation
    ADD CONSTRAINT organisation_tenant_parent_fkey FOREIGN KEY (tenant, parent) REFERENCES people.organisation(tenant, id);

ALTER TABLE ONLY people.post
    ADD CONSTRAINT post_tenant_area_fkey FOREIGN KEY (tenant, area) REFERENCES places.area(tenant, code);

ALTER TABLE ONLY people.post
    ADD CONSTRAINT post_tenant_org_fkey FOREIGN KEY (tenant, org) REFERENCES people.organisation(tenant, id);

ALTER TABLE ONLY people.session
    ADD CONSTRAINT session_tenant_account_fkey FOREIGN KEY (tenant, account) REFERENCES people.account(tenant, id);

ALTER TABLE ONLY people.token
    ADD CONSTRAINT token_tenant_account_fkey FOREIGN KEY (tenant, account) REFERENCES people.account(tenant, id);

ALTER TABLE ONLY places.area_closure
    ADD CONSTRAINT area_closure_tenant_ancestor_fkey FOREIGN KEY (tenant, ancestor) REFERENCES places.area(tenant, code);

ALTER TABLE ONLY places.area_closure
    ADD CONSTRAINT area_closure_tenant_descendant_fkey FOREIGN KEY (tenant, descendant) REFERENCES places.area(tenant, code);

ALTER TABLE ONLY places.area
    ADD CONSTRAINT area_tenant_parent_fkey FOREIGN KEY (tenant, parent) REFERENCES places.area(tenant, code);

ALTER TABLE ONLY places.boundary
    ADD CONSTRAINT boundary_tenant_code_fkey FOREIGN KEY (tenant, code) REFERENCES places.area(tenant, code);

ALTER TABLE ONLY places.layer_feature
    ADD CONSTRAINT layer_feature_tenant_layer_fkey FOREIGN KEY (tenant, layer) REFERENCES places.layer(tenant, id);

ALTER TABLE ONLY places.layer_part
    ADD CONSTRAINT layer_part_tenant_layer_n_fkey FOREIGN KEY (tenant, layer, n) REFERENCES places.layer_feature(tenant, layer, n);

ALTER TABLE ONLY supervision.item_case
    ADD CONSTRAINT item_case_tenant_case_id_fkey FOREIGN KEY (tenant, case_id) REFERENCES cases.problem(tenant, id);

ALTER TABLE ONLY supervision.item_case
    ADD CONSTRAINT item_case_tenant_item_fkey FOREIGN KEY (tenant, item) REFERENCES supervision.item(tenant, id);

ALTER TABLE ONLY supervision.item
    ADD CONSTRAINT item_tenant_region_fkey FOREIGN KEY (tenant, region) REFERENCES places.area(tenant, code);

ALTER TABLE ONLY supervision.scored
    ADD CONSTRAINT scored_tenant_month_case_id_fkey FOREIGN KEY (tenant, month, case_id) REFERENCES cases.colour_snapshot(tenant, month, case_id);

ALTER TABLE base.delivery ENABLE ROW LEVEL SECURITY;

ALTER TABLE base.idempotency ENABLE ROW LEVEL SECURITY;

ALTER TABLE base.number ENABLE ROW LEVEL SECURITY;

ALTER TABLE base.reader ENABLE ROW LEVEL SECURITY;

ALTER TABLE base.rule ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON base.delivery USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON base.idempotency USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON base.number USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON base.reader USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON base.rule USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON base.throttle USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

ALTER TABLE base.throttle ENABLE ROW LEVEL SECURITY;

CREATE POLICY add ON cases.colour_snapshot FOR INSERT WITH CHECK (((tenant = base.tenant()) AND (NOT (EXISTS ( SELECT 1
   FROM cases.frozen_month f
  WHERE ((f.tenant = colour_snapshot.tenant) AND (f.month = colour_snapshot.month)))))));

CREATE POLICY add ON cases.frozen_month FOR INSERT WITH CHECK ((tenant = base.tenant()));

CREATE POLICY add ON cases.letter FOR INSERT WITH CHECK (((tenant = base.tenant()) AND (EXISTS ( SELECT 1
   FROM cases.problem p
  WHERE ((p.tenant = letter.tenant) AND (p.id = letter.case_id))))));

CREATE POLICY add ON cases.meeting FOR INSERT WITH CHECK (((tenant = base.tenant()) AND (closed_at IS NULL)));

CREATE POLICY add ON cases.meeting_item FOR INSERT WITH CHECK (((tenant = base.tenant()) AND (EXISTS ( SELECT 1
   FROM cases.meeting m
  WHERE ((m.tenant = meeting_item.tenant) AND (m.id = meeting_item.meeting) AND (m.closed_at IS NULL)))) AND (EXISTS ( SELECT 1
   FROM cases.problem p
  WHERE ((p.tenant = meeting_item.tenant) AND (p.id = meeting_item.case_id))))));

CREATE POLICY add ON cases.spot_change FOR INSERT WITH CHECK ((tenant = base.tenant()));

CREATE POLICY add ON cases.spot_count FOR INSERT WITH CHECK ((tenant = base.tenant()));

CREATE POLICY append ON cases.sealed FOR INSERT WITH CHECK ((tenant = base.tenant()));

CREATE POLICY change ON cases.meeting FOR UPDATE USING (((tenant = base.tenant()) AND (closed_at IS NULL))) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY change ON cases.spot_count FOR UPDATE USING ((tenant = base.tenant()));

ALTER TABLE cases.colour_snapshot ENABLE ROW LEVEL SECURITY;

ALTER TABLE cases.frozen_month ENABLE ROW LEVEL SECURITY;

ALTER TABLE cases.letter ENABLE ROW LEVEL SECURITY;

ALTER TABLE cases.meeting ENABLE ROW LEVEL SECURITY;

ALTER TABLE cases.meeting_item ENABLE ROW LEVEL SECURITY;

CREATE POLICY notice ON cases.problem FOR SELECT USING (((tenant = base.tenant()) AND (secrecy = 0) AND (public_from IS NOT NULL) AND (COALESCE(current_setting('app.areas'::text, true), ''::text) = 'public'::text)));

CREATE POLICY of_my_organisation ON cases.saved_view FOR SELECT USING (((tenant = base.tenant()) AND (shared_with = ANY ((string_to_array(NULLIF(current_setting('app.my_orgs'::text, true), ''::text), ','::text))::uuid[]))));

CREATE POLICY own ON cases.saved_view USING (((tenant = base.tenant()) AND (account = COALESCE(current_setting('app.account'::text, true), ''::text)))) WITH CHECK (((tenant = base.tenant()) AND (account = COALESCE(current_setting('app.account'::text, true), ''::text))));

ALTER TABLE cases.problem ENABLE ROW LEVEL SECURITY;

CREATE POLICY remove ON cases.meeting_item FOR DELETE USING (((tenant = base.tenant()) AND (EXISTS ( SELECT 1
   FROM cases.meeting m
  WHERE ((m.tenant = meeting_item.tenant) AND (m.id = meeting_item.meeting) AND (m.closed_at IS NULL))))));

CREATE POLICY remove ON cases.spot_change FOR DELETE USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])))));

CREATE POLICY remove ON cases.spot_count FOR DELETE USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])))));

ALTER TABLE cases.saved_view ENABLE ROW LEVEL SECURITY;

CREATE POLICY scope ON cases.problem USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.clearance() AS clearance)) AND (((secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])) OR (town = ANY (( SELECT base.areas() AS areas)::text[])) OR (village = ANY (( SELECT base.areas() AS areas)::text[])))) OR (bound_orgs && ( SELECT base.orgs() AS orgs))))) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY scope ON cases.search USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.clearance() AS clearance)) AND (((secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])) OR (town = ANY (( SELECT base.areas() AS areas)::text[])) OR (village = ANY (( SELECT base.areas() AS areas)::text[])))) OR (bound_orgs && ( SELECT base.orgs() AS orgs))))) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY scope ON cases.turn USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.clearance() AS clearance)) AND (((secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])) OR (town = ANY (( SELECT base.areas() AS areas)::text[])) OR (village = ANY (( SELECT base.areas() AS areas)::text[])))) OR (bound_orgs && ( SELECT base.orgs() AS orgs))))) WITH CHECK ((tenant = base.tenant()));

ALTER TABLE cases.sealed ENABLE ROW LEVEL SECURITY;

ALTER TABLE cases.search ENABLE ROW LEVEL SECURITY;

CREATE POLICY see ON cases.colour_snapshot FOR SELECT USING (((tenant = base.tenant()) AND (EXISTS ( SELECT 1
   FROM cases.problem p
  WHERE ((p.tenant = colour_snapshot.tenant) AND (p.id = colour_snapshot.case_id))))));

CREATE POLICY see ON cases.frozen_month FOR SELECT USING ((tenant = base.tenant()));

CREATE POLICY see ON cases.letter FOR SELECT USING (((tenant = base.tenant()) AND (EXISTS ( SELECT 1
   FROM cases.problem p
  WHERE ((p.tenant = letter.tenant) AND (p.id = letter.case_id))))));

CREATE POLICY see ON cases.meeting FOR SELECT USING ((tenant = base.tenant()));

CREATE POLICY see ON cases.meeting_item FOR SELECT USING (((tenant = base.tenant()) AND (EXISTS ( SELECT 1
   FROM cases.problem p
  WHERE ((p.tenant = meeting_item.tenant) AND (p.id = meeting_item.case_id))))));

CREATE POLICY see ON cases.spot_change FOR SELECT USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])))));

CREATE POLICY see ON cases.spot_count FOR SELECT USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])))));

ALTER TABLE cases.spot_change ENABLE ROW LEVEL SECURITY;

ALTER TABLE cases.spot_count ENABLE ROW LEVEL SECURITY;

ALTER TABLE cases.turn ENABLE ROW LEVEL SECURITY;

CREATE POLICY append ON journal.event FOR INSERT WITH CHECK ((tenant = base.tenant()));

ALTER TABLE journal.event ENABLE ROW LEVEL SECURITY;

ALTER TABLE journal.head ENABLE ROW LEVEL SECURITY;

CREATE POLICY of_visible_case ON journal.event FOR SELECT USING (((tenant = base.tenant()) AND (context = 'cases'::text) AND (EXISTS ( SELECT 1
   FROM cases.problem p
  WHERE ((p.tenant = event.tenant) AND (p.id = event.subject))))));

CREATE POLICY of_visible_item ON journal.event FOR SELECT USING (((tenant = base.tenant()) AND (context = 'supervision'::text) AND (EXISTS ( SELECT 1
   FROM supervision.item i
  WHERE ((i.tenant = event.tenant) AND (i.id = event.subject))))));

CREATE POLICY tenant ON journal.head USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY whole_city ON journal.event FOR SELECT USING (((tenant = base.tenant()) AND ( SELECT base.whole_city() AS whole_city) AND ((context <> ALL (ARRAY['cases'::text, 'supervision'::text])) OR (( SELECT base.area_clearance() AS area_clearance) >= 3))));

ALTER TABLE people.access ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.account ENABLE ROW LEVEL SECURITY;

CREATE POLICY append ON people.access FOR INSERT WITH CHECK ((tenant = base.tenant()));

CREATE POLICY audit ON people.access FOR SELECT USING (((tenant = base.tenant()) AND ( SELECT base.audits() AS audits)));

ALTER TABLE people.contact ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.credential ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.duty ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.holding ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.notice ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.organisation ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.post ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.session ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON people.account USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.contact USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.credential USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.duty USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.holding USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.notice USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.organisation USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.post USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.session USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.token USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

ALTER TABLE people.token ENABLE ROW LEVEL SECURITY;

ALTER TABLE places.area ENABLE ROW LEVEL SECURITY;

ALTER TABLE places.area_closure ENABLE ROW LEVEL SECURITY;

ALTER TABLE places.boundary ENABLE ROW LEVEL SECURITY;

ALTER TABLE places.layer ENABLE ROW LEVEL SECURITY;

ALTER TABLE places.layer_feature ENABLE ROW LEVEL SECURITY;

ALTER TABLE places.layer_part ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON places.area USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON places.area_closure USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON places.boundary USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON places.layer USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON places.layer_feature USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON places.layer_part USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY add ON supervision.scored FOR INSERT WITH CHECK ((tenant = base.tenant()));

ALTER TABLE supervision.item ENABLE ROW LEVEL SECURITY;

ALTER TABLE supervision.item_case ENABLE ROW LEVEL SECURITY;

CREATE POLICY scope ON supervision.item USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.clearance() AS clearance)) AND (((secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR ((sent_at IS NOT NULL) AND (region = ANY (( SELECT base.areas() AS areas)::text[]))))) OR ((sent_at IS NOT NULL) AND (org = ANY (( SELECT base.orgs() AS orgs)::uuid[])))))) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY scope ON supervision.item_case USING (((tenant = base.tenant()) AND (EXISTS ( SELECT 1
   FROM supervision.item i
  WHERE ((i.tenant = item_case.tenant) AND (i.id = item_case.item)))))) WITH CHECK ((tenant = base.tenant()));

ALTER TABLE supervision.scored ENABLE ROW LEVEL SECURITY;

CREATE POLICY see ON supervision.scored FOR SELECT USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.clearance() AS clearance)) AND (((secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])))) OR (org = ANY (( SELECT base.orgs() AS orgs)::uuid[])))));

GRANT USAGE ON SCHEMA base TO qinba_app;

GRANT USAGE ON SCHEMA cases TO qinba_app;

GRANT USAGE ON SCHEMA journal TO qinba_app;

GRANT USAGE ON SCHEMA people TO qinba_app;

GRANT USAGE ON SCHEMA places TO qinba_app;

GRANT USAGE ON SCHEMA supervision TO qinba_app;

REVOKE ALL ON FUNCTION cases.bound_to(org uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION cases.bound_to(org uuid) TO qinba_app;

REVOKE ALL ON FUNCTION cases.bound_to_me(orgs uuid[], most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION cases.bound_to_me(orgs uuid[], most integer) TO qinba_app;

REVOKE ALL ON FUNCTION cases.find_words(sought integer[], words text[], most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION cases.find_words(sought integer[], words text[], most integer) TO qinba_app;

REVOKE ALL ON FUNCTION supervision.has_left(about uuid, since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION supervision.has_left(about uuid, since timestamp with time zone) TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE base.delivery TO qinba_app;

GRANT UPDATE(status) ON TABLE base.delivery TO qinba_app;

GRANT UPDATE(attempts) ON TABLE base.delivery TO qinba_app;

GRANT UPDATE(next_at) ON TABLE base.delivery TO qinba_app;

GRANT UPDATE(tried_at) ON TABLE base.delivery TO qinba_app;

GRANT UPDATE(code) ON TABLE base.delivery TO qinba_app;

GRANT UPDATE(error) ON TABLE base.delivery TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE base.idempotency TO qinba_app;

GRANT UPDATE(status) ON TABLE base.idempotency TO qinba_app;

GRANT UPDATE(reply) ON TABLE base.idempotency TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE base.number TO qinba_app;

GRANT SELECT,INSERT ON TABLE base.reader TO qinba_app;

GRANT UPDATE(seq) ON TABLE base.reader TO qinba_app;

GRANT SELECT,INSERT ON TABLE base.rule TO qinba_app;

GRANT UPDATE(valid_to) ON TABLE base.rule TO qinba_app;

GRANT UPDATE(confirmed_by) ON TABLE base.rule TO qinba_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE base.throttle TO qinba_app;

GRANT SELECT,INSERT ON TABLE cases.colour_snapshot TO qinba_app;

GRANT SELECT,INSERT ON TABLE cases.frozen_month TO qinba_app;

GRANT SELECT,INSERT ON TABLE cases.letter TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE cases.meeting TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE cases.meeting_item TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE cases.problem TO qinba_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE cases.saved_view TO qinba_app;

GRANT INSERT ON TABLE cases.sealed TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE cases.search TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE cases.spot_change TO qinba_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE cases.spot_count TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE cases.turn TO qinba_app;

GRANT SELECT,INSERT ON TABLE journal.event TO qinba_app;

GRANT SELECT,INSERT ON TABLE journal.head TO qinba_app;

GRANT UPDATE(size) ON TABLE journal.head TO qinba_app;

GRANT UPDATE(frontier) ON TABLE journal.head TO qinba_app;

GRANT SELECT ON TABLE journal.trail TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.access TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.account TO qinba_app;

GRANT UPDATE(name) ON TABLE people.account TO qinba_app;

GRANT UPDATE(clearance) ON TABLE people.account TO qinba_app;

GRANT UPDATE(disabled_on) ON TABLE people.account TO qinba_app;

GRANT UPDATE(version) ON TABLE people.account TO qinba_app;

GRANT UPDATE(valid_from) ON TABLE people.account TO qinba_app;

GRANT UPDATE(valid_to) ON TABLE people.account TO qinba_app;

GRANT UPDATE(left_on) ON TABLE people.account TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE people.contact TO qinba_app;

GRANT UPDATE(address) ON TABLE people.contact TO qinba_app;

GRANT UPDATE(since) ON TABLE people.contact TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.credential TO qinba_app;

GRANT UPDATE(hash) ON TABLE people.credential TO qinba_app;

GRANT UPDATE(changed_at) ON TABLE people.credential TO qinba_app;

GRANT UPDATE(times) ON TABLE people.credential TO qinba_app;

GRANT UPDATE(must_change) ON TABLE people.credential TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.duty TO qinba_app;

GRANT UPDATE(to_day) ON TABLE people.duty TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.holding TO qinba_app;

GRANT UPDATE(to_day) ON TABLE people.holding TO qinba_app;

GRANT UPDATE(handed_to) ON TABLE people.holding TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE people.notice TO qinba_app;

GRANT UPDATE(read_at) ON TABLE people.notice TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.organisation TO qinba_app;

GRANT UPDATE(name) ON TABLE people.organisation TO qinba_app;

GRANT UPDATE(closed_on) ON TABLE people.organisation TO qinba_app;

GRANT UPDATE(version) ON TABLE people.organisation TO qinba_app;

GRANT UPDATE(merged_into) ON TABLE people.organisation TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.post TO qinba_app;

GRANT UPDATE(version) ON TABLE people.post TO qinba_app;

GRANT UPDATE(closed_on) ON TABLE people.post TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE people.session TO qinba_app;

GRANT UPDATE(seen_at) ON TABLE people.session TO qinba_app;

GRANT UPDATE(idle_minutes) ON TABLE people.session TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.token TO qinba_app;

GRANT UPDATE(revoked_at) ON TABLE people.token TO qinba_app;

GRANT UPDATE(seen_at) ON TABLE people.token TO qinba_app;

GRANT UPDATE(version) ON TABLE people.token TO qinba_app;

GRANT SELECT,INSERT ON TABLE places.area TO qinba_app;

GRANT SELECT,INSERT ON TABLE places.area_closure TO qinba_app;

GRANT SELECT,INSERT ON TABLE places.boundary TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE places.layer TO qinba_app;

GRANT SELECT,INSERT ON TABLE places.layer_feature TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE places.layer_part TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE supervision.item TO qinba_app;

GRANT SELECT,INSERT ON TABLE supervision.item_case TO qinba_app;

GRANT UPDATE(open) ON TABLE supervision.item_case TO qinba_app;

GRANT SELECT,INSERT ON TABLE supervision.scored TO qinba_app;
