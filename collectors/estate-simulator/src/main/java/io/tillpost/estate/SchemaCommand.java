package io.tillpost.estate;

import io.tillpost.estate.pos.Payloads;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of what tills write of a sale. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema of the payload of sales.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.print(Payloads.schemaOfSales());
    out.flush();
    return 0;
  }
}
