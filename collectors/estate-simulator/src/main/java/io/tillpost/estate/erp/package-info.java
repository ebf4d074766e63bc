/** The ERP and the warehouse system: they post a business key once. */
@NullMarked
package io.tillpost.estate.erp;

import org.jspecify.annotations.NullMarked;
