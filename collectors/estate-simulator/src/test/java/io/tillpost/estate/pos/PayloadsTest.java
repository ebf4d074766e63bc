package io.tillpost.estate.pos;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.message.Workflow;
import io.tillpost.estate.plan.Store;
import io.tillpost.estate.plan.StorePlan;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PayloadsTest {
  private static final long SEED = 7;

  /** The tax code of gift hampers is the one thing that is wrong, as it is to the ERP at times. */
  @Test
  void salesFitTheirSchemaButForTheTaxCodeOfHampers() {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Payloads.schemaOfSales());
    Payloads payloads = new Payloads(SEED);
    Set<String> broken = new HashSet<>();
    int hampers = 0;
    for (Store store : StorePlan.stores(60, SEED)) {
      for (int number = 1; number <= 40; number++) {
        MessageKey key =
            new MessageKey(
                Workflow.SALES_POSTING, store.number(), 1, LocalDate.of(2026, 11, 28), number);
        Basket basket = Basket.of(key, store, SEED);
        Message sale = new Message(key, store, 1_795_000_000_000L, "c-1", basket.total());
        List<Error> faults = schema.validate(payloads.of(sale), InputFormat.JSON);
        hampers += basket.hamperLine() >= 0 ? 1 : 0;
        assertThat(faults).as(key.id()).hasSize(basket.hamperLine() >= 0 ? 1 : 0);
        faults.forEach(fault -> broken.add(fault.getInstanceLocation().getName(-1)));
      }
    }

    assertThat(hampers).isPositive();
    assertThat(broken).containsExactly("taxCode");
  }
}
