package io.tillpost.console.schema;

import io.tillpost.console.start.StartRefused;
import io.tillpost.message.Workflow;
import io.tillpost.message.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The configured schemas, read once, at the start. */
public final class PayloadSchemas {
  /** No payload has one. */
  public static final PayloadSchemas NONE = new PayloadSchemas(List.of());

  private static final long MOST_BYTES = 1_000_000;

  private final List<Entry> entries;

  private PayloadSchemas(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  private record Entry(SchemaFile file, PayloadSchema schema) {
    boolean isFor(SchemaKind kind, String workflow, @Nullable String version) {
      return schema.kind() == kind
          && file.workflow().equals(workflow)
          && (file.schemaVersion() == null || file.schemaVersion().equals(version));
    }
  }

  /**
   * Reads them.
   *
   * @throws StartRefused where one cannot be read, is no schema, is for a workflow that there is
   *     not, or where two are for the same payloads
   */
  public static PayloadSchemas read(List<SchemaFile> files, Workflows workflows) {
    List<Entry> entries = new ArrayList<>();
    for (SchemaFile file : files) {
      if (workflows.find(file.workflow()).isEmpty()) {
        throw new StartRefused(
            "%s is for a workflow that there is not; there are %s."
                .formatted(
                    file.words(),
                    workflows.all().stream()
                        .map(Workflow::name)
                        .collect(Collectors.joining(", "))));
      }
      Entry entry = new Entry(file, read(file));
      entries.stream()
          .filter(
              other ->
                  other.schema().kind() == entry.schema().kind()
                      && other.file().workflow().equals(file.workflow())
                      && Objects.equals(other.file().schemaVersion(), file.schemaVersion()))
          .findFirst()
          .ifPresent(
              other -> {
                throw new StartRefused(
                    "%s is for the same payloads as %s; leave one out, or give them different schema-versions."
                        .formatted(file.words(), other.file().file()));
              });
      entries.add(entry);
    }
    return new PayloadSchemas(entries);
  }

  /**
   * The schema of the payloads of that kind, workflow and version: one for just that version before
   * one for all.
   */
  public Optional<PayloadSchema> find(SchemaKind kind, String workflow, @Nullable String version) {
    return entries.stream()
        .filter(entry -> entry.isFor(kind, workflow, version))
        .max(Comparator.comparing(entry -> entry.file().schemaVersion() != null))
        .map(Entry::schema);
  }

  private static PayloadSchema read(SchemaFile file) {
    String name = String.valueOf(file.file().getFileName());
    String ending = name.toLowerCase(Locale.ROOT);
    try {
      if (!ending.endsWith(".json") && !ending.endsWith(".xsd")) {
        throw new UnusableSchema(
            "its name has to end in .json (JSON Schema) or .xsd (XML Schema), which tells what it is");
      }
      if (Files.size(file.file()) > MOST_BYTES) {
        throw new UnusableSchema("it has more than 1 MB");
      }
      byte[] text = Files.readAllBytes(file.file());
      return ending.endsWith(".xsd")
          ? XmlPayloadSchema.read(name, text)
          : JsonPayloadSchema.read(name, text);
    } catch (IOException e) {
      throw new StartRefused(
          "%s cannot be read: is it there, and may Tillpost read it? Its full path would be %s."
              .formatted(file.words(), file.file().toAbsolutePath().normalize()),
          e);
    } catch (UnusableSchema e) {
      throw new StartRefused("%s cannot be used: %s.".formatted(file.words(), e.getMessage()), e);
    }
  }
}
