-- Makes a list of 100,000 cases ten times as long, for tiles only: nine copies of each row, up to 300 m away, with neither story nor document.
do $$
declare names text; shown text;
begin
  select string_agg(quote_ident(column_name), ',' order by ordinal_position),
    string_agg(case column_name
      when 'id' then 'gen_random_uuid()'
      when 'no' then 'p.no || ''-'' || copy'
      when 'source_key' then 'null'
      when 'doc' then '''{}''::jsonb'
      when 'geom' then 'st_translate(p.geom, (random() - 0.5) * 0.006, (random() - 0.5) * 0.005)'
      else 'p.' || quote_ident(column_name) end, ',' order by ordinal_position)
  into names, shown from information_schema.columns
  where table_schema = 'cases' and table_name = 'problem' and is_generated = 'NEVER';
  execute format('insert into cases.problem (%s) select %s from cases.problem p, generate_series(2, 10) copy', names, shown);
end $$;
vacuum analyze cases.problem;
