CREATE SCHEMA base;

CREATE SCHEMA cases;

CREATE SCHEMA journal;

CREATE SCHEMA people;

CREATE SCHEMA places;

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
    CONSTRAINT colour_snapshot_colour_check CHECK ((colour = ANY (ARRAY['green'::text, 'yellow'::text, 'red'::text]))),
    CONSTRAINT colour_snapshot_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text))
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
    frontier bytea NOT NULL
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

ALTER TABLE ONLY cases.problem
    ADD CONSTRAINT problem_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY cases.problem
    ADD CONSTRAINT problem_tenant_no_key UNIQUE (tenant, no);

ALTER TABLE ONLY cases.problem
    ADD CONSTRAINT problem_tenant_source_key_key UNIQUE (tenant, source_key);

ALTER TABLE ONLY cases.sealed
    ADD CONSTRAINT sealed_pkey PRIMARY KEY (tenant, id);

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

CREATE INDEX idempotency_age ON base.idempotency USING btree (created_at);

CREATE INDEX problem_colour ON cases.problem USING btree (tenant, colour, reported_on DESC, id DESC);

CREATE INDEX problem_geom ON cases.problem USING gist (geom);

CREATE INDEX problem_list ON cases.problem USING btree (tenant, reported_on DESC, id DESC);

CREATE INDEX problem_orgs ON cases.problem USING gin (bound_orgs);

CREATE INDEX problem_region ON cases.problem USING btree (tenant, region, reported_on DESC, id DESC);

CREATE INDEX problem_state ON cases.problem USING btree (tenant, state, reported_on DESC, id DESC);

CREATE INDEX holding_account ON people.holding USING btree (tenant, account);

CREATE UNIQUE INDEX holding_main ON people.holding USING btree (tenant, post) WHERE ((to_day IS NULL) AND (NOT stand_in));

CREATE UNIQUE INDEX holding_stand_in ON people.holding USING btree (tenant, post) WHERE ((to_day IS NULL) AND stand_in);

CREATE INDEX session_account ON people.session USING btree (tenant, account);

CREATE INDEX area_closure_up ON places.area_closure USING btree (tenant, descendant);

CREATE INDEX area_parent ON places.area USING btree (tenant, parent);

CREATE INDEX boundary_geom ON places.boundary USING gist (geom);

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

ALTER TABLE base.idempotency ENABLE ROW LEVEL SECURITY;

ALTER TABLE base.number ENABLE ROW LEVEL SECURITY;

ALTER TABLE base.rule ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON base.idempotency USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON base.number USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON base.rule USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON base.throttle USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

ALTER TABLE base.throttle ENABLE ROW LEVEL SECURITY;

CREATE POLICY append ON cases.sealed FOR INSERT WITH CHECK ((tenant = base.tenant()));

ALTER TABLE cases.colour_snapshot ENABLE ROW LEVEL SECURITY;

CREATE POLICY notice ON cases.problem FOR SELECT USING (((tenant = base.tenant()) AND (secrecy = 0) AND (public_from IS NOT NULL) AND (COALESCE(current_setting('app.areas'::text, true), ''::text) = 'public'::text)));

ALTER TABLE cases.problem ENABLE ROW LEVEL SECURITY;

CREATE POLICY scope ON cases.colour_snapshot USING (((tenant = base.tenant()) AND (EXISTS ( SELECT 1
   FROM cases.problem p
  WHERE ((p.tenant = colour_snapshot.tenant) AND (p.id = colour_snapshot.case_id)))))) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY scope ON cases.problem USING (((tenant = base.tenant()) AND (secrecy <= ( SELECT base.clearance() AS clearance)) AND (( SELECT base.whole_city() AS whole_city) OR (region = ANY (( SELECT base.areas() AS areas)::text[])) OR (town = ANY (( SELECT base.areas() AS areas)::text[])) OR (village = ANY (( SELECT base.areas() AS areas)::text[])) OR (bound_orgs && ( SELECT base.orgs() AS orgs))))) WITH CHECK ((tenant = base.tenant()));

ALTER TABLE cases.sealed ENABLE ROW LEVEL SECURITY;

CREATE POLICY append ON journal.event FOR INSERT WITH CHECK ((tenant = base.tenant()));

ALTER TABLE journal.event ENABLE ROW LEVEL SECURITY;

ALTER TABLE journal.head ENABLE ROW LEVEL SECURITY;

CREATE POLICY of_visible_case ON journal.event FOR SELECT USING (((tenant = base.tenant()) AND (context = 'cases'::text) AND (EXISTS ( SELECT 1
   FROM cases.problem p
  WHERE ((p.tenant = event.tenant) AND (p.id = event.subject))))));

CREATE POLICY tenant ON journal.head USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY whole_city ON journal.event FOR SELECT USING (((tenant = base.tenant()) AND ( SELECT base.whole_city() AS whole_city) AND ((context <> 'cases'::text) OR (( SELECT base.clearance() AS clearance) >= 3))));

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

CREATE POLICY tenant ON places.area USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON places.area_closure USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

CREATE POLICY tenant ON places.boundary USING ((tenant = base.tenant())) WITH CHECK ((tenant = base.tenant()));

GRANT USAGE ON SCHEMA base TO qinba_app;

GRANT USAGE ON SCHEMA cases TO qinba_app;

GRANT USAGE ON SCHEMA journal TO qinba_app;

GRANT USAGE ON SCHEMA people TO qinba_app;

GRANT USAGE ON SCHEMA places TO qinba_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE base.idempotency TO qinba_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE base.number TO qinba_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE base.rule TO qinba_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE base.throttle TO qinba_app;

GRANT SELECT,INSERT ON TABLE cases.colour_snapshot TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE cases.problem TO qinba_app;

GRANT INSERT ON TABLE cases.sealed TO qinba_app;

GRANT SELECT,INSERT ON TABLE journal.event TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE journal.head TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE people.account TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE people.credential TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE people.duty TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE people.holding TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE people.organisation TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE people.post TO qinba_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE people.session TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE places.area TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE places.area_closure TO qinba_app;

GRANT SELECT,INSERT,UPDATE ON TABLE places.boundary TO qinba_app;
