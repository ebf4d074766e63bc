package io.tillpost.ingest.bench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bulk bodies that write the documents that ingest wrote, under the same ids, into indices with the
 * same template: read back from Elasticsearch and made before anything is measured. They are in the
 * order of what they tell of, as who does no more than send them on would have them, and not in the
 * order in which ingest wrote them.
 */
final class RawBodies {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PAGE = 5_000;
  private static final byte[] ID = "\"_id\":\"".getBytes(StandardCharsets.US_ASCII);

  private RawBodies() {}

  /**
   * The bodies.
   *
   * @param indices what to read, events, spans or states of a day each
   * @param rename the beginning of the index names, and what to put in its place
   * @param bodies how many; each holds the same share of every index
   */
  static List<byte[]> of(BenchNode node, List<String> indices, String[] rename, int bodies) {
    List<ByteArrayOutputStream> made = new ArrayList<>();
    for (int i = 0; i < bodies; i++) {
      made.add(new ByteArrayOutputStream(1 << 20));
    }
    for (String index : indices) {
      List<byte[]> lines = new ArrayList<>();
      each(node, index, renamed(index, rename), lines::add);
      for (int i = 0; i < lines.size(); i++) {
        made.get((int) ((long) i * bodies / lines.size())).writeBytes(lines.get(i));
      }
    }
    return made.stream().map(ByteArrayOutputStream::toByteArray).toList();
  }

  /**
   * As {@link #of}, for more than fits into memory: each body in a file of its own.
   *
   * @param directory exists
   */
  static List<Path> inFiles(
      BenchNode node, List<String> indices, String[] rename, int bodies, Path directory)
      throws IOException {
    List<Path> files =
        IntStream.range(0, bodies).mapToObj(i -> directory.resolve("body-" + i)).toList();
    for (String index : indices) {
      long documents = node.count(index);
      try (Appending to = new Appending(files, documents)) {
        each(node, index, renamed(index, rename), to);
      }
    }
    return files;
  }

  /** A body that stands in a file. */
  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends documents to files, to each the same share. */
  private static final class Appending implements Consumer<byte[]>, AutoCloseable {
    private final List<Path> files;
    private final long documents;
    private OutputStream out = OutputStream.nullOutputStream();
    private int file = -1;
    private long written;

    Appending(List<Path> files, long documents) {
      this.files = files;
      this.documents = documents;
    }

    @Override
    public void accept(byte[] lines) {
      try {
        int next = (int) (written * files.size() / documents);
        if (next != file) {
          out.close();
          out =
              new BufferedOutputStream(
                  Files.newOutputStream(
                      files.get(next), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
          file = next;
        }
        out.write(lines);
        written++;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  private static String renamed(String index, String[] rename) {
    return rename[1] + index.substring(rename[0].length());
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

  /** Gives each document of an index in its two lines. */
  private static void each(BenchNode node, String index, String target, Consumer<byte[]> to) {
    String time = time(index);
    String after = "[0, -1]";
    while (true) {
      JsonNode hits =
          node.send(
                  "POST",
                  "/"
                      + index
                      + "/_search?filter_path=hits.hits._id,hits.hits._source,hits.hits.sort",
                  """
                  {"size": %d, "sort": [{"%s": "asc"}, {"_seq_no": "asc"}], "search_after": %s}
                  """
                      .formatted(PAGE, time, after))
              .path("hits")
              .path("hits");
      if (hits.isEmpty()) {
        return;
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
        to.accept(line.toByteArray());
        after = hit.path("sort").toString();
      }
    }
  }

  /** The field by which what an index keeps is in order. */
  private static String time(String index) {
    if (index.contains("events-")) {
      return "time";
    }
    return index.contains("spans-") ? "start" : "last_event_at";
  }
}
