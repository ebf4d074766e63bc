package io.tillpost.ingest.senders;

import io.tillpost.store.DocumentCodec;
import io.tillpost.store.IngestSender;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The senders that were last known, in a file: a process that starts while the store is away knows
 * their keys by it. It holds hashes only.
 *
 * @param file where it lies; there or not
 */
public record SenderCopy(Path file) {
  private static final Logger LOG = LoggerFactory.getLogger(SenderCopy.class);
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final DocumentCodec<IngestSender> CODEC =
      new DocumentCodec<>(IngestSender.DOCUMENTS);

  /** What it holds; empty where it is not there or cannot be read, which is no reason to stop. */
  Optional<List<IngestSender>> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<IngestSender> senders = new ArrayList<>();
      for (JsonNode sender : MAPPER.readTree(Files.readAllBytes(file))) {
        senders.add(CODEC.read(sender));
      }
      return Optional.of(List.copyOf(senders));
    } catch (IOException | JacksonException | IllegalStateException e) {
      LOG.warn("The copy of the senders in {} cannot be read", file, e);
      return Optional.empty();
    }
  }

  /** Replaces what it holds. */
  void write(List<IngestSender> senders) {
    ArrayNode all = MAPPER.createArrayNode();
    senders.forEach(sender -> all.add(CODEC.write(sender)));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.write(next, MAPPER.writeValueAsBytes(all));
      move(next);
    } catch (IOException e) {
      LOG.warn("The copy of the senders in {} cannot be written", file, e);
    }
  }

  private void move(Path next) throws IOException {
    try {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
