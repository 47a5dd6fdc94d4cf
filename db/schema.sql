CREATE SCHEMA base;

CREATE SCHEMA cases;

CREATE SCHEMA journal;

CREATE SCHEMA people;

CREATE SCHEMA places;

CREATE FUNCTION base.area_clearance() RETURNS integer
    LANGUAGE sql STABLE
    AS $$ select coalesce(nullif(current_setting('app.area_clearance', true), '')::int, base.clearance()) $$;

CREATE FUNCTION base.areas() RETURNS text[]
    LANGUAGE sql STABLE
    AS $$ select string_to_array(coalesce(current_setting('app.areas', true), ''), ',') $$;

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

CREATE FUNCTION cases.bound_to_me(orgs uuid[], most integer) RETURNS TABLE(id uuid, spot bigint, spot_x integer, spot_y integer, region text, town text, village text, state text, colour text, secrecy integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    select p.id, p.spot, p.spot_x, p.spot_y, p.region, p.town, p.village, p.state, p.colour, p.secrecy from cases.problem p
    where p.tenant = base.tenant() and p.secrecy <= base.clearance() and p.bound_orgs && orgs and p.bound_orgs && base.orgs() limit most $$;

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
    CONSTRAINT problem_check CHECK (((state <> 'closed'::text) OR (closed_on IS NOT NULL))),
    CONSTRAINT problem_colour_check CHECK ((colour = ANY (ARRAY['green'::text, 'yellow'::text, 'red'::text]))),
    CONSTRAINT problem_outcome_check CHECK ((outcome = ANY (ARRAY['rectified'::text, 'unfounded'::text, 'declined'::text, 'merged'::text, 'transferred'::text]))),
    CONSTRAINT problem_path_check CHECK ((path = ANY (ARRAY['inspection'::text, 'petition'::text, 'complaint'::text, 'patrol'::text, 'lead'::text]))),
    CONSTRAINT problem_secrecy_check CHECK (((secrecy >= 0) AND (secrecy <= 3))),
    CONSTRAINT problem_state_check CHECK ((state = ANY (ARRAY['reported'::text, 'triaged'::text, 'assigned'::text, 'returned'::text, 'signed'::text, 'plan_submitted'::text, 'rectifying'::text, 'self_checked'::text, 'county_accepted'::text, 'city_accepted'::text, 'publicising'::text, 'objected'::text, 'filed'::text, 'closed'::text, 'declined'::text, 'merged'::text, 'unfounded'::text, 'transferred'::text]))),
    CONSTRAINT problem_version_check CHECK ((version > 0))
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

CREATE TABLE people.account (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    username text NOT NULL,
    name text NOT NULL,
    clearance integer DEFAULT 1 NOT NULL,
    sample boolean DEFAULT false NOT NULL,
    disabled_on date,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT account_clearance_check CHECK (((clearance >= 0) AND (clearance <= 3)))
);

CREATE TABLE people.credential (
    tenant integer NOT NULL,
    account uuid NOT NULL,
    hash text NOT NULL,
    changed_at timestamp with time zone NOT NULL
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

CREATE TABLE people.organisation (
    tenant integer NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    area text NOT NULL,
    parent uuid,
    closed_on date
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

ALTER TABLE ONLY base.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (tenant, account, key);

ALTER TABLE ONLY base.number
    ADD CONSTRAINT number_pkey PRIMARY KEY (tenant, year, name);

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

ALTER TABLE ONLY cases.problem
    ADD CONSTRAINT problem_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY cases.problem
    ADD CONSTRAINT problem_tenant_no_key UNIQUE (tenant, no);

ALTER TABLE ONLY cases.problem
    ADD CONSTRAINT problem_tenant_source_key_key UNIQUE (tenant, source_key);

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

ALTER TABLE ONLY people.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.account
    ADD CONSTRAINT account_tenant_username_key UNIQUE (tenant, username);

ALTER TABLE ONLY people.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (tenant, account);

ALTER TABLE ONLY people.duty
    ADD CONSTRAINT duty_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.holding
    ADD CONSTRAINT holding_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.organisation
    ADD CONSTRAINT organisation_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.organisation
    ADD CONSTRAINT organisation_tenant_name_key UNIQUE (tenant, name);

ALTER TABLE ONLY people.post
    ADD CONSTRAINT post_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY people.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (tenant, token_hash);

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

CREATE INDEX idempotency_age ON base.idempotency USING btree (created_at);

CREATE INDEX problem_colour ON cases.problem USING btree (tenant, colour, reported_on DESC, id DESC);

CREATE INDEX problem_geom ON cases.problem USING gist (geom);

CREATE INDEX problem_list ON cases.problem USING btree (tenant, reported_on DESC, id DESC);

CREATE INDEX problem_orgs ON cases.problem USING gin (bound_orgs);

CREATE INDEX problem_recheck ON cases.problem USING btree (tenant, recheck_due) WHERE (recheck_due IS NOT NULL);

CREATE INDEX problem_region ON cases.problem USING btree (tenant, region, reported_on DESC, id DESC);

CREATE INDEX problem_region_state ON cases.problem USING btree (tenant, region, state, reported_on DESC, id DESC);

CREATE INDEX problem_spot ON cases.problem USING btree (tenant, spot) INCLUDE (spot_x, spot_y, region, town, village, secrecy, bound_orgs, state, colour, category, path) WHERE (spot IS NOT NULL);

CREATE INDEX problem_state ON cases.problem USING btree (tenant, state, reported_on DESC, id DESC);

CREATE INDEX problem_town ON cases.problem USING btree (tenant, town, reported_on DESC, id DESC) WHERE (town IS NOT NULL);

CREATE INDEX problem_village ON cases.problem USING btree (tenant, village, reported_on DESC, id DESC) WHERE (village IS NOT NULL);

CREATE INDEX search_grams ON cases.search USING gin (grams);

CREATE INDEX snapshot_case ON cases.colour_snapshot USING btree (tenant, case_id, month);

CREATE INDEX spot_change_spot ON cases.spot_change USING btree (tenant, spot);

CREATE INDEX spot_count_empty ON cases.spot_count USING btree (tenant) WHERE (n = 0);

CREATE INDEX turn_org ON cases.turn USING btree (tenant, org, turn, rank, due, case_id);

CREATE INDEX turn_region ON cases.turn USING btree (tenant, region, turn, rank, due, case_id) WHERE (org = ''::text);

CREATE INDEX turn_town ON cases.turn USING btree (tenant, town, turn) WHERE ((org = ''::text) AND (town IS NOT NULL));

CREATE INDEX turn_village ON cases.turn USING btree (tenant, village, turn) WHERE ((org = ''::text) AND (village IS NOT NULL));

CREATE INDEX holding_account ON people.holding USING btree (tenant, account);

CREATE UNIQUE INDEX holding_main ON people.holding USING btree (tenant, post) WHERE ((to_day IS NULL) AND (NOT stand_in));

CREATE UNIQUE INDEX holding_stand_in ON people.holding USING btree (tenant, post) WHERE ((to_day IS NULL) AND stand_in);

CREATE INDEX session_account ON people.session USING btree (tenant, account);

CREATE INDEX area_closure_up ON places.area_closure USING btree (tenant, descendant);

CREATE INDEX area_parent ON places.area USING btree (tenant, parent);

CREATE INDEX boundary_geom ON places.boundary USING gist (geom);

CREATE UNIQUE INDEX layer_current ON places.layer USING btree (tenant, name) WHERE current;

CREATE INDEX layer_feature_geom ON places.layer_feature USING gist (geom);

CREATE INDEX layer_kind ON places.layer USING btree (tenant, kind) WHERE current;

CREATE INDEX layer_part_geom ON places.layer_part USING gist (geom);

ALTER TABLE ONLY cases.colour_snapshot
    ADD CONSTRAINT colour_snapshot_tenant_case_id_fkey FOREIGN KEY (tenant, case_id) REFERENCES cases.problem(tenant, id);

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

ALTER TABLE base.idempotency ENABLE ROW LEVEL SECURITY;

ALTER TABLE base.number ENABLE ROW LEVEL SECURITY;

ALTER TABLE base.rule ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON base.idempotency USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON base.number USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON base.rule USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON base.throttle USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

ALTER TABLE base.throttle ENABLE ROW LEVEL SECURITY;

CREATE POLICY add ON cases.colour_snapshot FOR INSERT WITH CHECK (((tenant = base.tenant()) AND (NOT (EXISTS ( SELECT 1
   FROM cases.frozen_month f
  WHERE ((f.tenant = colour_snapshot.tenant) AND (f.month = colour_snapshot.month)))))));

CREATE POLICY add ON cases.frozen_month FOR INSERT WITH CHECK ((tenant = base.tenant()));

CREATE POLICY add ON cases.spot_change FOR INSERT WITH CHECK ((tenant = base.tenant()));

CREATE POLICY add ON cases.spot_count FOR INSERT WITH CHECK ((tenant = base.tenant()));

CREATE POLICY append ON cases.sealed FOR INSERT WITH CHECK ((tenant = base.tenant()));

CREATE POLICY change ON cases.spot_count FOR UPDATE USING ((tenant = base.tenant()));

ALTER TABLE cases.colour_snapshot ENABLE ROW LEVEL SECURITY;

ALTER TABLE cases.frozen_month ENABLE ROW LEVEL SECURITY;

CREATE POLICY notice ON cases.problem FOR SELECT USING (((tenant = base.tenant()) AND (secrecy = 0) AND (public_from IS NOT NULL) AND (COALESCE(current_setting('app.areas'::text, true), ''::text) = 'public'::text)));

ALTER TABLE cases.problem ENABLE ROW LEVEL SECURITY;

CREATE POLICY remove ON cases.spot_change FOR DELETE USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])))));

CREATE POLICY remove ON cases.spot_count FOR DELETE USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])))));

CREATE POLICY scope ON cases.problem USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.clearance() AS clearance)) AND (((secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])) OR (town = ANY (( SELECT base.areas() AS areas)::text[])) OR (village = ANY (( SELECT base.areas() AS areas)::text[])))) OR (bound_orgs && ( SELECT base.orgs() AS orgs))))) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY scope ON cases.search USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.clearance() AS clearance)) AND (((secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])) OR (town = ANY (( SELECT base.areas() AS areas)::text[])) OR (village = ANY (( SELECT base.areas() AS areas)::text[])))) OR (bound_orgs && ( SELECT base.orgs() AS orgs))))) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY scope ON cases.turn USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.clearance() AS clearance)) AND (((secrecy <= ( SELECT base.area_clearance() AS area_clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])) OR (town = ANY (( SELECT base.areas() AS areas)::text[])) OR (village = ANY (( SELECT base.areas() AS areas)::text[])))) OR (bound_orgs && ( SELECT base.orgs() AS orgs))))) WITH CHECK ((tenant = base.tenant()));

ALTER TABLE cases.sealed ENABLE ROW LEVEL SECURITY;

ALTER TABLE cases.search ENABLE ROW LEVEL SECURITY;

CREATE POLICY see ON cases.colour_snapshot FOR SELECT USING (((tenant = base.tenant()) AND (EXISTS ( SELECT 1
   FROM cases.problem p
  WHERE ((p.tenant = colour_snapshot.tenant) AND (p.id = colour_snapshot.case_id))))));

CREATE POLICY see ON cases.frozen_month FOR SELECT USING ((tenant = base.tenant()));

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

CREATE POLICY tenant ON journal.head USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY whole_city ON journal.event FOR SELECT USING (((tenant = base.tenant()) AND ( SELECT base.whole_city() AS whole_city) AND ((context <> 'cases'::text) OR (( SELECT base.area_clearance() AS area_clearance) >= 3))));

ALTER TABLE people.account ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.credential ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.duty ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.holding ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.organisation ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.post ENABLE ROW LEVEL SECURITY;

ALTER TABLE people.session ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON people.account USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.credential USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.duty USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.holding USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.organisation USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.post USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON people.session USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

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

GRANT USAGE ON SCHEMA base TO qinba_app;

GRANT USAGE ON SCHEMA cases TO qinba_app;

GRANT USAGE ON SCHEMA journal TO qinba_app;

GRANT USAGE ON SCHEMA people TO qinba_app;

GRANT USAGE ON SCHEMA places TO qinba_app;

REVOKE ALL ON FUNCTION cases.bound_to_me(orgs uuid[], most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION cases.bound_to_me(orgs uuid[], most integer) TO qinba_app;

REVOKE ALL ON FUNCTION cases.find_words(sought integer[], words text[], most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION cases.find_words(sought integer[], words text[], most integer) TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE base.idempotency TO qinba_app;

GRANT UPDATE(status) ON TABLE base.idempotency TO qinba_app;

GRANT UPDATE(reply) ON TABLE base.idempotency TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE base.number TO qinba_app;

GRANT SELECT,INSERT ON TABLE base.rule TO qinba_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE base.throttle TO qinba_app;

GRANT SELECT,INSERT ON TABLE cases.colour_snapshot TO qinba_app;

GRANT SELECT,INSERT ON TABLE cases.frozen_month TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE cases.problem TO qinba_app;

GRANT INSERT ON TABLE cases.sealed TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE cases.search TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE cases.spot_change TO qinba_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE cases.spot_count TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE cases.turn TO qinba_app;

GRANT SELECT,INSERT ON TABLE journal.event TO qinba_app;

GRANT SELECT,INSERT ON TABLE journal.head TO qinba_app;

GRANT UPDATE(size) ON TABLE journal.head TO qinba_app;

GRANT UPDATE(frontier) ON TABLE journal.head TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.account TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.credential TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.duty TO qinba_app;

GRANT UPDATE(to_day) ON TABLE people.duty TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.holding TO qinba_app;

GRANT UPDATE(to_day) ON TABLE people.holding TO qinba_app;

GRANT UPDATE(handed_to) ON TABLE people.holding TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.organisation TO qinba_app;

GRANT SELECT,INSERT ON TABLE people.post TO qinba_app;

GRANT UPDATE(version) ON TABLE people.post TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE people.session TO qinba_app;

GRANT UPDATE(seen_at) ON TABLE people.session TO qinba_app;

GRANT UPDATE(idle_minutes) ON TABLE people.session TO qinba_app;

GRANT SELECT,INSERT ON TABLE places.area TO qinba_app;

GRANT SELECT,INSERT ON TABLE places.area_closure TO qinba_app;

GRANT SELECT,INSERT ON TABLE places.boundary TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE places.layer TO qinba_app;

GRANT SELECT,INSERT ON TABLE places.layer_feature TO qinba_app;

GRANT SELECT,INSERT,DELETE ON TABLE places.layer_part TO qinba_app;
