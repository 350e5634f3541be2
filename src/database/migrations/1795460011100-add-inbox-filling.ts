import type { MigrationInterface, QueryRunner } from 'typeorm';

const RAISED = "'https://w3id.org/symbolon/events/alert-raised'";
const UPDATED = "'https://w3id.org/symbolon/events/alert-updated'";

/**
 * Who is told of what was accepted. It follows from what each statement said when it was accepted, not from what holds when the filler comes to it; only who is
 * a member then decides too. Who is due the database alone can tell; the app role, which hashes the chains, hands the entries back as it was given them. That it
 * does so `fill_inboxes` does not check, as that would cost the search once more: whoever acts as the app role could tell inboxes what it likes, once and in order.
 */
export class AddInboxFilling1795460011100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE ${tellingNext('')}
      COMMENT ON FUNCTION due_inbox_entries IS 'What is to be told next, in the order of each inbox, with the state of the chain at the first entry of each. One row without an inbox when the log goes on with nothing to tell; none when it does not go on. Holds the mark until the transaction ends.';

      CREATE FUNCTION fill_inboxes(mark bigint, until bigint, inboxes integer[], seqs integer[], positions bigint[], subjects uuid[], classes smallint[], chains bytea[])
      RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
      #variable_conflict use_variable
      DECLARE
        moved integer;
      BEGIN
        UPDATE inbox_fill f SET position = until WHERE f.position = mark AND until > mark AND until <= (SELECT max(h.size) FROM tree_head h);
        IF NOT FOUND THEN RAISE EXCEPTION 'the inboxes are filled up to elsewhere'; END IF;
        INSERT INTO inbox_entry (inbox_id, seq, position, subject, class, chain)
        SELECT * FROM unnest(inboxes, seqs, positions, subjects, classes, chains);
        UPDATE inbox i SET last_seq = n.last_seq, last_chain = n.last_chain FROM (
          SELECT e.inbox_id, min(e.seq) AS first_seq, max(e.seq) AS last_seq, count(*) AS entries, (array_agg(e.chain ORDER BY e.seq DESC))[1] AS last_chain
          FROM unnest(inboxes, seqs, chains) AS e (inbox_id, seq, chain) GROUP BY e.inbox_id
        ) n WHERE i.id = n.inbox_id AND n.first_seq = i.last_seq + 1 AND n.entries = n.last_seq - i.last_seq;
        GET DIAGNOSTICS moved = ROW_COUNT;
        IF moved <> (SELECT count(DISTINCT one.id) FROM unnest(inboxes) AS one (id)) THEN RAISE EXCEPTION 'an inbox would have a gap'; END IF;
      END $$;
      COMMENT ON FUNCTION fill_inboxes IS 'Writes a batch of entries, the state of their inboxes and the mark, together: none leaves a gap, none is written twice, none is from beyond the last head.';

      REVOKE ALL ON FUNCTION due_inbox_entries, fill_inboxes FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION due_inbox_entries, fill_inboxes TO symbolon_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION fill_inboxes, due_inbox_entries');
  }
}

/** The function that finds what is to be told next. `alsoChanged` are further rows of what happened to alerts. */
export function tellingNext(alsoChanged: string): string {
  return `
  FUNCTION due_inbox_entries(most_positions integer, most_entries integer)
  RETURNS TABLE (since bigint, until bigint, inbox_id integer, member text, purpose text, seq integer, "position" bigint, subject uuid,
    class smallint, chain bytea, leaf bytea)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = symbolon, pg_temp AS $$
  #variable_conflict use_column
  DECLARE
    mark bigint;
    final bigint;
  BEGIN
    SELECT f.position INTO mark FROM inbox_fill f FOR UPDATE;
    SELECT max(l.position) INTO final FROM (
      SELECT e.position FROM log_entry e WHERE e.position > mark AND e.position <= (SELECT max(h.size) FROM tree_head h)
      ORDER BY e.position LIMIT most_positions
    ) l;
    IF final IS NULL THEN RETURN; END IF;

    WITH missing AS (
      INSERT INTO inbox (member, purpose)
      SELECT m.code, wanted.purpose FROM member m CROSS JOIN unnest(m.mandate) AS wanted (purpose)
      WHERE m.state IN ('active', 'suspended') AND NOT EXISTS (SELECT FROM inbox i WHERE i.member = m.code AND i.purpose = wanted.purpose)
      RETURNING id
    )
    INSERT INTO inbox_reading (inbox_id) SELECT id FROM missing;

    RETURN QUERY
    WITH open_inbox AS MATERIALIZED (
      SELECT i.id, i.member, i.purpose, i.last_seq, i.last_chain, m.country, m.kind FROM inbox i JOIN member m ON m.code = i.member
      WHERE m.state IN ('active', 'suspended') AND i.purpose = ANY (m.mandate)
    ), change AS MATERIALIZED (
      SELECT l.position, 1 AS event, a.id AS subject, a.sender, coalesce(s.kind, a.kind) AS kind, coalesce(s.audience_id, a.audience_id) AS audience_id
      FROM log_entry l JOIN alert a ON a.sender IN (l.issuer, 'hub') AND a.position = l.position
      LEFT JOIN alert_statement s ON a.revision > 0 AND s.position = l.position
      WHERE l.position > mark AND l.position <= final AND l.event = ${RAISED}
      UNION ALL
      SELECT l.position, CASE l.event WHEN ${UPDATED} THEN 2 ELSE 3 END, a.id, a.sender, coalesce(s.kind, a.kind), coalesce(s.audience_id, a.audience_id)
      FROM log_entry l JOIN alert_statement s ON s.position = l.position JOIN alert a ON a.id = s.alert_id
      WHERE l.position > mark AND l.position <= final AND l.event <> ${RAISED}${alsoChanged}
    ), addressed AS MATERIALIZED (
      SELECT c.position, i.id AS inbox_id, c.subject, c.event, c.kind
      FROM change c JOIN audience h ON h.id = c.audience_id JOIN open_inbox i
        ON i.purpose = ANY (h.purposes) AND i.member <> c.sender AND (
          h.everyone OR i.member = ANY (h.members)
          OR ((h.countries IS NOT NULL OR h.kinds IS NOT NULL) AND (h.countries IS NULL OR i.country = ANY (h.countries))
            AND (h.kinds IS NULL OR i.kind = ANY (h.kinds)))
          OR (c.sender = 'hub' AND i.member IN (SELECT flag_owners(c.subject))))
      WHERE c.event < 3
    ), told_of_alert AS (
      -- Who was told of an alert is told of its changes: told by an earlier batch, or by a statement before in this one.
      SELECT a.position AS due_at, a.* FROM addressed a
      UNION
      SELECT c.position, c.position, i.id, c.subject, c.event, c.kind FROM change c CROSS JOIN open_inbox i
      WHERE c.event > 1 AND (SELECT true FROM inbox_entry e WHERE e.subject = c.subject AND e.inbox_id = i.id LIMIT 1)
      UNION
      SELECT c.position, c.position, before.inbox_id, c.subject, c.event, c.kind FROM change c JOIN (
        SELECT a.subject, a.inbox_id, min(a.position) AS position FROM addressed a GROUP BY a.subject, a.inbox_id
      ) before ON before.subject = c.subject AND before.position < c.position
      WHERE c.event > 1
    ), statement AS MATERIALIZED (
      SELECT s.position, s.link_id, s.issuer, step.event, CASE WHEN step.event IN (6, 7) THEN 6 ELSE step.event END AS step
      FROM link_statement s CROSS JOIN LATERAL (SELECT CASE substring(s.event FROM '[^/]*$')
        WHEN 'comparison-opened' THEN 4 WHEN 'comparison-message' THEN 5 WHEN 'link-confirmed' THEN 6 WHEN 'link-rejected' THEN 7
        WHEN 'link-withdrawn' THEN 8 END AS event) step
      WHERE s.position <= final AND s.link_id IN (SELECT n.link_id FROM link_statement n WHERE n.position > mark AND n.position <= final)
    ), turn AS MATERIALIZED (
      -- Openings and decisions are told to nobody who has not made its own: a decoy could be told from a suggestion otherwise.
      SELECT s.*, theirs.member AS other, s.step IN (5, 8) OR (l.compared_at IS NOT NULL AND EXISTS (
        SELECT FROM statement o WHERE o.link_id = s.link_id AND o.step = s.step AND o.issuer = theirs.member AND o.position < s.position)) AS told
      FROM statement s JOIN link l ON l.id = s.link_id JOIN link_side theirs ON theirs.link_id = s.link_id AND theirs.member <> s.issuer
      WHERE s.position > mark
    ), told_of_link AS (
      SELECT t.position AS due_at, t.position, t.other AS member, t.link_id, t.event FROM turn t WHERE t.told
      UNION
      SELECT t.position, o.position, t.issuer, t.link_id, o.event
      FROM turn t JOIN statement o ON o.link_id = t.link_id AND o.step = t.step AND o.issuer = t.other AND o.position < t.position
      WHERE t.told AND t.step IN (4, 6) AND NOT EXISTS (
        SELECT FROM statement mine WHERE mine.link_id = t.link_id AND mine.step = t.step AND mine.issuer = t.issuer AND mine.position < t.position)
    ), due AS (
      SELECT t.due_at, t.position, t.inbox_id, t.subject, (8 * t.event + array_position(ARRAY['case', 'returnee', 'pattern', 'retrafficking'], t.kind))::smallint AS class
      FROM told_of_alert t
      UNION ALL
      SELECT t.due_at, t.position, i.id, t.link_id, (8 * t.event)::smallint
      FROM told_of_link t JOIN link_side s ON s.link_id = t.link_id AND s.member = t.member
      JOIN alert own ON own.id = s.alert_id JOIN audience h ON h.id = own.audience_id
      JOIN open_inbox i ON i.member = t.member AND i.purpose IN ('protection', 'prosecution') AND i.purpose = ANY (h.purposes)
    ), bound AS MATERIALIZED (
      SELECT coalesce(min(c.due_at) FILTER (WHERE c.total > most_entries AND c.place > 1) - 1, final) AS until
      FROM (SELECT d.due_at, sum(count(*)) OVER w AS total, row_number() OVER w AS place FROM due d GROUP BY d.due_at WINDOW w AS (ORDER BY d.due_at)) c
    ), numbered AS (
      SELECT d.*, row_number() OVER (PARTITION BY d.inbox_id ORDER BY d.due_at, d.position) AS place
      FROM due d WHERE d.due_at <= (SELECT b.until FROM bound b)
    )
    SELECT mark, b.until, i.id, CASE WHEN n.place = 1 THEN i.member END, CASE WHEN n.place = 1 THEN i.purpose END,
      (i.last_seq + n.place)::integer, n.position, n.subject, n.class, CASE WHEN n.place = 1 THEN i.last_chain END, leaf.hash
    FROM bound b LEFT JOIN (numbered n JOIN open_inbox i ON i.id = n.inbox_id LEFT JOIN log_node leaf ON leaf.level = 0 AND leaf.index = n.position - 1)
      ON true
    ORDER BY 3, 6;
  END $$;`;
}
