package io.tillpost.ingest.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bulk bodies that write the documents that ingest wrote, under the same ids, into indices with the
 * same template: read back from Elasticsearch and made before anything is measured.
 */
final class RawBodies {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PAGE = 5_000;
  private static final byte[] ID = "\"_id\":\"".getBytes(StandardCharsets.US_ASCII);

  private RawBodies() {}

  /**
   * The bodies.
   *
   * @param indices what to read, each with documents in the order in which they were written
   * @param rename the beginning of the index names, and what to put in its place
   * @param bodies how many; each holds the same share of every index
   */
  static List<byte[]> of(BenchNode node, List<String> indices, String[] rename, int bodies) {
    List<ByteArrayOutputStream> made = new ArrayList<>();
    for (int i = 0; i < bodies; i++) {
      made.add(new ByteArrayOutputStream(1 << 20));
    }
    for (String index : indices) {
      List<byte[]> lines = lines(node, index, rename[1] + index.substring(rename[0].length()));
      for (int i = 0; i < lines.size(); i++) {
        made.get((int) ((long) i * bodies / lines.size())).writeBytes(lines.get(i));
      }
    }
    return made.stream().map(ByteArrayOutputStream::toByteArray).toList();
  }

  /**
   * The same documents once more under other ids: what names the run is renamed, and where an id is
   * a hash its beginning is that name.
   *
   * @param run a name of {@link BenchEstate}'s run, as long as {@code next}, in ASCII
   */
  static byte[] ofAnotherRun(byte[] body, String run, String next) {
    byte[] from = run.getBytes(StandardCharsets.US_ASCII);
    byte[] to = next.getBytes(StandardCharsets.US_ASCII);
    byte[] renamed = body.clone();
    for (int at = 0; at <= body.length - ID.length - to.length; at++) {
      if (isAt(body, at, from)) {
        System.arraycopy(to, 0, renamed, at, to.length);
      } else if (isAt(body, at, ID)) {
        System.arraycopy(to, 0, renamed, at + ID.length, to.length);
      }
    }
    return renamed;
  }

  private static boolean isAt(byte[] body, int at, byte[] text) {
    return body[at] == text[0] && Arrays.equals(body, at, at + text.length, text, 0, text.length);
  }

  private static List<byte[]> lines(BenchNode node, String index, String target) {
    List<byte[]> lines = new ArrayList<>();
    long after = -1;
    while (true) {
      JsonNode hits =
          node.send(
                  "POST",
                  "/"
                      + index
                      + "/_search?filter_path=hits.hits._id,hits.hits._source,hits.hits.sort",
                  """
                  {"size": %d, "sort": [{"_seq_no": "asc"}], "search_after": [%d]}
                  """
                      .formatted(PAGE, after))
              .path("hits")
              .path("hits");
      if (hits.isEmpty()) {
        return lines;
      }
      for (JsonNode hit : hits) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1_024);
        line.writeBytes(
            JSON.writeValueAsBytes(
                JSON.createObjectNode()
                    .set(
                        "create",
                        JSON.createObjectNode()
                            .put("_index", target)
                            .put("_id", hit.path("_id").asString()))));
        line.write('\n');
        line.writeBytes(JSON.writeValueAsBytes(hit.path("_source")));
        line.write('\n');
        lines.add(line.toByteArray());
        after = hit.path("sort").path(0).asLong();
      }
    }
  }
}
