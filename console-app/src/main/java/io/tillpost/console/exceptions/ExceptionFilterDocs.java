package io.tillpost.console.exceptions;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the parameters of a filter in the API's own description. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
    in = ParameterIn.QUERY,
    name = "workflow",
    description = "Any of these",
    array = @ArraySchema(schema = @Schema(type = "string")))
@Parameter(
    in = ParameterIn.QUERY,
    name = "target",
    description = "Any of these",
    array = @ArraySchema(schema = @Schema(type = "string")))
@Parameter(
    in = ParameterIn.QUERY,
    name = "store",
    description = "Any of these, by id",
    array = @ArraySchema(schema = @Schema(type = "string")))
@Parameter(
    in = ParameterIn.QUERY,
    name = "region",
    description = "Any of these",
    array = @ArraySchema(schema = @Schema(type = "string")))
@Parameter(
    in = ParameterIn.QUERY,
    name = "key",
    description = "Each of these, a name and its exact value",
    example = "sku:A-100",
    array = @ArraySchema(schema = @Schema(type = "string")))
@Parameter(
    in = ParameterIn.QUERY,
    name = "status",
    description = "Any of these",
    array = @ArraySchema(schema = @Schema(implementation = ExceptionStatus.class)))
@Parameter(
    in = ParameterIn.QUERY,
    name = "class",
    description = "Any of these, as they count",
    array = @ArraySchema(schema = @Schema(implementation = FailureClass.class)))
@Parameter(
    in = ParameterIn.QUERY,
    name = "side",
    description = "Who has to act",
    schema = @Schema(implementation = OwnerSide.class))
@Parameter(
    in = ParameterIn.QUERY,
    name = "assignee",
    description = "A user name, me or nobody",
    schema = @Schema(type = "string"))
@Parameter(
    in = ParameterIn.QUERY,
    name = "team",
    description =
        "The team that has it, by hand or by rule, in any case of letters; none; or mine for the"
            + " teams of who asks, also those that a comment asks",
    schema = @Schema(type = "string"))
@Parameter(
    in = ParameterIn.QUERY,
    name = "money",
    description = "At least this much behind the exception: a currency and minor units",
    example = "EUR:100000",
    schema = @Schema(type = "string"))
@Parameter(
    in = ParameterIn.QUERY,
    name = "age",
    description = "The oldest message is at least this old: a number with s, m, h or d",
    example = "4h",
    schema = @Schema(type = "string"))
@Parameter(
    in = ParameterIn.QUERY,
    name = "recovery",
    description = "The last recovery of it came to any of these",
    array = @ArraySchema(schema = @Schema(implementation = LastRecovery.Result.class)))
@Parameter(
    in = ParameterIn.QUERY,
    name = "q",
    description = "Words of the failure, or values that a store would read from a receipt",
    schema = @Schema(type = "string"))
@interface ExceptionFilterDocs {}
