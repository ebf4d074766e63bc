package io.tillpost.estate;

import io.tillpost.estate.plan.Store;
import io.tillpost.estate.plan.StorePlan;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the stores of the estate as CSV, UTF-8, with a header line. */
@Command(
    name = "stores",
    description = "Prints the stores as CSV.",
    mixinStandardHelpOptions = true)
final class StoresCommand implements Callable<Integer> {
  private static final String HEADER =
      "store_id,name,region,time_zone,currency,opens,closes,registers";

  @Mixin private EstateOptions estate = new EstateOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec given = Objects.requireNonNull(spec);
    PrintWriter out = given.commandLine().getOut();
    out.println(HEADER);
    for (Store store : StorePlan.stores(estate.stores(given), estate.seed())) {
      out.println(
          String.join(
              ",",
              store.id(),
              store.name(),
              store.region().name(),
              store.zone().getId(),
              store.region().currency(),
              store.opens().toString(),
              store.closes().toString(),
              Integer.toString(store.registers())));
    }
    out.flush();
    return 0;
  }
}
