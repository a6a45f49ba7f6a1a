-- The audit extension, in a schema of its own where nobody else can create.
create schema audit; create extension pgaudit schema audit;
