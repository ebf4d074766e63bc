package io.tillpost.ingest.otlp;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Leaves the messages of a gRPC call as the bytes they came as, decompressed. */
final class MessageBytes implements MethodDescriptor.Marshaller<byte[]> {
  @Override
  public InputStream stream(byte[] message) {
    return new ByteArrayInputStream(message);
  }

  @Override
  public byte[] parse(InputStream message) {
    try (message) {
      return message.readAllBytes();
    } catch (IOException e) {
      throw Status.INVALID_ARGUMENT
          .withDescription("The message cannot be read: " + e.getMessage())
          .withCause(e)
          .asRuntimeException();
    }
  }
}
