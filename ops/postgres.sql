-- Run once by the database's administrator: psql -U postgres -v password="'…'" -f ops/postgres.sql
-- The product connects as qinba, which owns its database and is no superuser; every transaction then steps down to qinba_app.
create role qinba_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
create role qinba login nosuperuser nocreatedb nocreaterole password :password;
grant qinba_app to qinba;
create database qinba owner qinba encoding 'UTF8' template template0;
revoke connect on database qinba from public;
grant connect on database qinba to qinba;
\connect qinba
-- PostGIS may only be put in by a superuser; the first migration then finds it there.
create extension postgis;
