package io.tillpost.ingest.otlp;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields of protobuf messages by their names in JSON. */
final class JsonFields {
  private static final Map<Descriptor, Map<String, FieldDescriptor>> KNOWN =
      new ConcurrentHashMap<>();

  private JsonFields() {}

  static Map<String, FieldDescriptor> of(Descriptor type) {
    return KNOWN.computeIfAbsent(
        type,
        t ->
            t.getFields().stream()
                .collect(Collectors.toMap(FieldDescriptor::getJsonName, Function.identity())));
  }
}
